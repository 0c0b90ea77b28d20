#include "bench/floor/rooms.hpp"

#include <fstream>
#include <sstream>

#include "protocol/json_text.hpp"

namespace wardroom::bench {

// Person p is in room p modulo the rooms of each set (bench/ground.hpp).
bool FloorRooms::load(const std::filesystem::path& state_file) {
  std::stringstream text;
  text << std::ifstream(state_file).rdbuf();
  const auto state = protocol::parse_json(text.str());
  if (!state || !state->is_object()) return false;
  const auto& people = state->at("people").as_array();
  for (const auto& person : people) of_token_[std::string(person.at("token").as_string())];
  for (const auto& set : state->at("sets").as_array()) {
    const auto& numbers = set.at("rooms").as_array();
    for (std::size_t p = 0; p < static_cast<std::size_t>(set.at("joined").as_int64()); ++p) {
      const std::int64_t number = numbers.at(p % numbers.size()).as_int64();
      FloorRoom& room = rooms_[number];
      room.number = number;
      of_token_[std::string(people.at(p).at("token").as_string())].push_back(&room);
    }
  }
  return true;
}

const std::vector<FloorRoom*>* FloorRooms::of(std::string_view token) const {
  const auto found = of_token_.find(std::string(token));
  return found == of_token_.end() ? nullptr : &found->second;
}

FloorRoom* FloorRooms::find(std::int64_t number) {
  const auto found = rooms_.find(number);
  return found == rooms_.end() ? nullptr : &found->second;
}

}  // namespace wardroom::bench
