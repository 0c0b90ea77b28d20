#pragma once

#include <algorithm>
#include <vector>

#include "server/commands/command.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/listing.hpp"

// The command table in parts, each of which is compiled alone: the rows are what takes a compiler longest.
namespace wardroom::commands {

using audit::Type;
using domain::Right;
using domain::RoomAct;

// Which subjects a part has: what stands before the point in the names of its methods.
struct SessionPart {
  static constexpr std::string_view kSubjects[] = {"session", "account", "user"};
};
struct RoomPart {
  static constexpr std::string_view kSubjects[] = {"room",     "direct", "marker",
                                                   "presence", "typing", "announcement"};
};
struct MessagePart {
  static constexpr std::string_view kSubjects[] = {"message", "thread", "saved", "draft", "sidebar", "file"};
};
struct ModerationPart {
  static constexpr std::string_view kSubjects[] = {"moderation"};
};
struct AdminPart {
  static constexpr std::string_view kSubjects[] = {"admin"};
};
struct AuditPart {
  static constexpr std::string_view kSubjects[] = {"audit", "rpc"};
};
using Parts = boost::mp11::mp_list<SessionPart, RoomPart, MessagePart, ModerationPart, AdminPart, AuditPart>;

template <class Part>
struct IsIn {
  template <class M>
  using fn =
      boost::mp11::mp_bool<std::ranges::find(Part::kSubjects, M::kName.substr(0, M::kName.find('.'))) !=
                           std::ranges::end(Part::kSubjects)>;
};
// In the order of protocol/catalogue.hpp.
template <class Part>
using MethodsOf = boost::mp11::mp_copy_if_q<protocol::Methods, IsIn<Part>>;

template <class Part, class... Methods>
std::vector<Command> make_part(Row<Methods>... rows) {
  static_assert(std::is_same_v<boost::mp11::mp_list<Methods...>, MethodsOf<Part>>,
                "The command table needs one row for each method of protocol/catalogue.hpp, in its order.");
  return {std::move(rows)...};
}

inline constexpr Gate kWayIn{Door::way_in, std::nullopt, 5};  // hashing is expensive
inline constexpr Gate kNewSocket{Door::resuming, std::nullopt, 1};
inline constexpr Gate kSignedIn{};
inline constexpr Gate kSocket{Door::socket};
inline constexpr Gate kHashing{Door::signed_in, std::nullopt, 5};
inline constexpr Gate kSearching{Door::signed_in, std::nullopt, 2};  // reads more than a page of history
constexpr Gate only(Right right, double cost = 1) {
  return {Door::signed_in, right, cost};
}
constexpr Gate in_room(RoomAct act) {
  return {Door::signed_in, std::nullopt, 1, act};
}

std::vector<Command> session_rows();
std::vector<Command> room_rows();
std::vector<Command> message_rows();
std::vector<Command> moderation_rows();
std::vector<Command> admin_rows();
std::vector<Command> audit_rows();

}  // namespace wardroom::commands
