#pragma once

#include <string>

#include "ctl/commands/client.hpp"

namespace wardroom::ctl {

struct AnyRoom {
  RoomId id;
  std::string name;  // "#general"; "room 12" where the name isn't known

  bool operator==(const AnyRoom&) const = default;
};

// A room for somebody who needn't be in it: one of their own or a public one by name (with or without #, case
// ignored), any by its id, as reports and the audit log name private ones. No direct rooms.
Result<AnyRoom> find_any_room(link::BlockingClient& client, const std::string& typed);

}  // namespace wardroom::ctl
