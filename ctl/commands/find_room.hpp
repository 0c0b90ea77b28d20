#pragma once

#include <string>

#include "ctl/commands/client.hpp"

namespace wardroom::ctl {

// One of the person's rooms by what they typed: a name (with or without #, case ignored), an id, or @name for
// the direct room with someone. The error says how to get into a room that one isn't in.
Result<protocol::MyRoom> find_room(link::BlockingClient& client, const std::string& typed);

}  // namespace wardroom::ctl
