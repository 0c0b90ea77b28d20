#pragma once

#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The table `reactions`.
namespace wardroom::store {

struct ReactionKey {
  RoomId room;
  Seq message;
  std::string_view emoji;
  UserId user;
};

bool has_reaction(sqlite::Connection& db, const ReactionKey& key);
// Whether somebody reacted with this emoji.
bool has_emoji(sqlite::Connection& db, RoomId room, Seq message, std::string_view emoji);
std::int64_t count_emoji(sqlite::Connection& db, RoomId room, Seq message);

// Each takes the room's next sequence number, which is returned. The reaction isn't there before insert and
// is there before delete.
Seq insert_reaction(sqlite::Connection& db, const ReactionKey& key, TimePoint now);
Seq delete_reaction(sqlite::Connection& db, const ReactionKey& key);

// Emoji in the order in which they came, and so the people of each: exactly what a client has that appends
// what is added and removes what is taken back.
std::vector<protocol::Reaction> load_reactions(sqlite::Connection& db, RoomId room, Seq message);

}  // namespace wardroom::store
