#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ctl/commands/client.hpp"

// Exactly the room that was named, or an error that names those nearest. A room is typed as a name, with or
// without #, case ignored, or as an id; id:12 is always an id and #12 always a name, and a plain 12 that
// could be either is asked about.
namespace wardroom::ctl {

// One of the person's rooms; @name is the direct room with someone (opened when there is none yet; @lena+tom
// for one of three). The error says how to get into a room that one isn't in.
Result<protocol::MyRoom> find_room(link::BlockingClient& client, const std::string& typed);

// The direct room of the person with exactly these others ("lena", "lena+tom"), if there is one. The person's
// own name and a name that comes twice add nobody; a usage error when nobody else is left.
Result<std::optional<protocol::MyRoom>> find_direct(link::BlockingClient& client, std::string_view others);

struct AnyRoom {
  RoomId id;
  std::string name;  // "#general"; "room 12" where the name isn't known

  bool operator==(const AnyRoom&) const = default;
};

// A room for somebody who needn't be in it: one of their own or a public one by name, any by its id, as
// reports and the audit log name private ones. No direct rooms.
Result<AnyRoom> find_any_room(link::BlockingClient& client, const std::string& typed);

}  // namespace wardroom::ctl
