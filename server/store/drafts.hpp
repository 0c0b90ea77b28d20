#pragma once

#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The table `drafts`: what people have begun to write. Nobody else is shown them.
namespace wardroom::store {

bool has_draft(sqlite::Connection& db, UserId user, RoomId room, std::optional<Seq> thread);
std::int64_t count_drafts(sqlite::Connection& db, UserId user);
// Instead of the one before.
void store_draft(sqlite::Connection& db, UserId user, const protocol::Draft& draft);
// False when there is none.
bool delete_draft(sqlite::Connection& db, UserId user, RoomId room, std::optional<Seq> thread);
// Newest first.
std::vector<protocol::Draft> load_drafts(sqlite::Connection& db, UserId user);

// What retention removes of a room: drafts of before `before` that no hold covers.
bool has_due_drafts(sqlite::Connection& db, RoomId room, TimePoint before);
void remove_due_drafts(sqlite::Connection& db, RoomId room, TimePoint before);

}  // namespace wardroom::store
