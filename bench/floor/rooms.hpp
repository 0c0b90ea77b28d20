#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wardroom::bench {

class FloorPeer;

// A room with its members who are there now.
struct FloorRoom {
  std::int64_t number = 0;
  std::int64_t seq = 0;
  std::vector<FloorPeer*> members;
};

// The rooms of the load generator's state file, and which of them a token opens.
class FloorRooms {
 public:
  // False when the file isn't such a one.
  bool load(const std::filesystem::path& state_file);
  // The rooms of whoever has the token; nullptr when nobody has it.
  const std::vector<FloorRoom*>* of(std::string_view token) const;
  FloorRoom* find(std::int64_t number);

 private:
  std::unordered_map<std::int64_t, FloorRoom> rooms_;
  std::unordered_map<std::string, std::vector<FloorRoom*>> of_token_;
};

}  // namespace wardroom::bench
