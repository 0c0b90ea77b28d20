#pragma once

#include <optional>
#include <string>

#include "admin/model/turn.hpp"

// People and rooms by the names that are typed into the console's forms.
namespace wardroom::admin {

// As the server knows sign-in names: lower case, without the sign of a mention.
std::string sign_in_name(std::string text);

// The room of this name or number; nothing: none that this console knows is called so.
std::optional<RoomId> find_room_named(const State& state, std::string text);

// Who asked the directory for a name: the answer brings it back as its limit.
enum class LookUp : std::int64_t { sessions = 10, hold = 11, evidence = 12 };
bool look_up(Turn& turn, const std::string& name, LookUp asker);
bool is_look_up(const Answer<protocol::UserList>& answer, LookUp asker);
// The person of exactly this name, or the only one found; otherwise a sentence why there is none.
Result<protocol::User> found_person(const Answer<protocol::UserList>& answer);

struct Period {
  std::optional<TimePoint> since;
  std::optional<TimePoint> until;
};
// From the beginning of one day to the end of another, on this PC's calendar, as they are typed:
// "2026-11-20". Empty: open at that end. The error's field is "from" or "to".
Result<Period> parse_period(const std::string& from, const std::string& to, const desk::TimeZone& zone);

}  // namespace wardroom::admin
