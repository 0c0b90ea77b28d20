#pragma once

#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/place.hpp"

// The table `saved`: messages that people keep at hand, each for themselves.
namespace wardroom::store {

bool is_saved(sqlite::Connection& db, UserId user, RoomId room, Seq message);
std::int64_t count_saved(sqlite::Connection& db, UserId user);
void insert_saved(sqlite::Connection& db, UserId user, RoomId room, Seq message, TimePoint now);
void delete_saved(sqlite::Connection& db, UserId user, RoomId room, Seq message);
// With the message.
void forget_saved(sqlite::Connection& db, RoomId room, Seq message);

// Those in rooms that the person is in, and that are shown to them there; saved last first.
std::vector<protocol::SavedMessage> load_saved(sqlite::Connection& db, UserId user,
                                               const std::optional<protocol::Beyond>& beyond,
                                               std::int64_t limit);

}  // namespace wardroom::store
