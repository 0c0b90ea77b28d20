#include "client/model/typing_sentence.hpp"

#include "client/model/room_name.hpp"

namespace wardroom::client {

std::string typing_sentence(const State& state, const RoomState& room) {
  std::vector<std::string> names;
  for (const auto& [user, until] : room.typing)
    if (until > state.now) names.push_back(name_in_sentence(state, user));
  if (names.empty()) return {};
  if (names.size() == 1) return names[0] + " is typing…";
  if (names.size() == 2) return names[0] + " and " + names[1] + " are typing…";
  if (names.size() == 3) return names[0] + ", " + names[1] + " and " + names[2] + " are typing…";
  return "Several people are typing…";
}

}  // namespace wardroom::client
