#pragma once

#include "common/sqlite/connection.hpp"

namespace wardroom::store {

// Fills in what a migration can't: key and look of the rooms' names that were given before there was any.
// Rooms that look like an older one keep their name and the key that they have; nothing new can be called
// like them by key, and they are looked at again when the server starts next.
Result<void> fill_room_looks(sqlite::Connection& db);

}  // namespace wardroom::store
