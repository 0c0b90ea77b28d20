#include "client/model/typing_sentence.hpp"

#include "client/model/room_name.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {

std::string typing_sentence(const State& state, const RoomState& room) {
  std::vector<std::string> names;
  for (const auto& [user, until] : room.typing)
    if (until > state.now) names.push_back(name_in_sentence(state, user));
  if (names.empty()) return {};
  if (names.size() == 1) return tr("{0} is typing…", names[0]);
  if (names.size() == 2) return tr("{0} and {1} are typing…", names[0], names[1]);
  if (names.size() == 3) return tr("{0}, {1} and {2} are typing…", names[0], names[1], names[2]);
  return tr("Several people are typing…");
}

}  // namespace wardroom::client
