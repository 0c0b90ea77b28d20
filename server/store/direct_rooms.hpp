#pragma once

#include <optional>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// What direct rooms have beyond others: where they stand, who asked, who said yes. In the tables `rooms` and
// `members`.
namespace wardroom::store {

struct DirectRow {
  protocol::DirectState state = protocol::DirectState::open;
  std::optional<UserId> requested_by;
  std::optional<TimePoint> declined_at;  // of the request that ended the room
};

std::optional<DirectRow> find_direct(sqlite::Connection& db, RoomId room);
void update_direct(sqlite::Connection& db, RoomId room, const DirectRow& row);

// Only `requester` has said yes; nothing: everybody has.
void reset_acceptance(sqlite::Connection& db, RoomId room, std::optional<UserId> requester);
void accept_direct(sqlite::Connection& db, RoomId room, UserId user);

// Whether somebody beside `requester` has said yes, and of those who could nobody hasn't. Who was disabled or
// removed can't, and isn't waited for.
bool is_accepted(sqlite::Connection& db, RoomId room, UserId requester);

}  // namespace wardroom::store
