#pragma once

#include <vector>

#include "common/base/bytes.hpp"
#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"
#include "server/store/write_job.hpp"

// The table `reactions`, and `reaction_states`: each that was added or taken back, as the log binds it in.
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

// Each takes the room's next sequence number. The reaction isn't there before insert and is there before
// delete.
struct StoredReaction {
  Seq number;
  BoundReaction bound;  // goes into the audit log
};
StoredReaction insert_reaction(sqlite::Connection& db, const ReactionKey& key, TimePoint now);
StoredReaction delete_reaction(sqlite::Connection& db, const ReactionKey& key, TimePoint now);

// What no record binds in, oldest first.
std::vector<BoundReaction> load_open_reactions(sqlite::Connection& db);
void bind_reaction(sqlite::Connection& db, std::int64_t id, AuditIndex record, const Digest& leaf);

// Those of a message that is removed. Of what was added and taken back the hashes in the log are left;
// returns how many.
std::int64_t remove_reactions(sqlite::Connection& db, RoomId room, Seq message);

// Emoji in the order in which they came, and so the people of each: exactly what a client has that appends
// what is added and removes what is taken back.
std::vector<protocol::Reaction> load_reactions(sqlite::Connection& db, RoomId room, Seq message);

}  // namespace wardroom::store
