#pragma once

#include <vector>

#include "common/base/strong.hpp"
#include "common/sqlite/connection.hpp"

// What a person who leaves the office leaves behind.
namespace wardroom::store {

// A public or private room that they are in. Accounts that are shut count neither as moderators nor as
// people.
struct LeftRoom {
  RoomId room;
  bool lacks_moderator = false;  // they moderate it, and nobody else does
  bool is_deserted = false;      // nobody else is in it
};
std::vector<LeftRoom> load_rooms_of_leaver(sqlite::Connection& db, UserId user);

}  // namespace wardroom::store
