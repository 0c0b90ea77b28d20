#pragma once

#include <string>

#include "ctl/commands/client.hpp"

namespace wardroom::ctl {

// One of the person's rooms by what they typed: a name (with or without #, case ignored), an id, or @name for
// the direct room with someone (opened when there is none yet; @lena+tom for one of three). The error says
// how to get into a room that one isn't in.
Result<protocol::MyRoom> find_room(link::BlockingClient& client, const std::string& typed);

// The direct room of the person with exactly these others ("lena", "lena+tom"), if there is one.
const protocol::MyRoom* find_direct(const std::vector<protocol::MyRoom>& mine, std::string_view others);

// Somebody by their user name.
Result<protocol::User> find_person(link::BlockingClient& client, const std::string& name);

}  // namespace wardroom::ctl
