#pragma once

#include <string>
#include <vector>

#include "ctl/commands/client.hpp"

namespace wardroom::ctl {

// What the caller's rooms are called in front of a message: "#general", or "@lena" of a direct room.
class ShownRooms {
 public:
  // Asks the server once.
  Result<void> load(link::BlockingClient& client);
  std::string name(RoomId id) const;

 private:
  std::vector<protocol::MyRoom> rooms_;
};

}  // namespace wardroom::ctl
