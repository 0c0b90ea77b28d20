#pragma once

#include <optional>
#include <vector>

#include "common/base/uuid.hpp"
#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The table `messages`.
namespace wardroom::store {

struct NewMessage {
  RoomId room;
  UserId author;
  Uuid client_id;
  TimePoint at;
  std::string_view text;
  std::optional<Seq> reply_to;
};

struct StoredMessage {
  Seq seq;
  TimePoint at;
  Digest commitment;  // SHA-256(salt || canonical bytes): goes into the audit log
};

// Stores the message under the room's next sequence number.
StoredMessage insert_message(sqlite::Connection& db, const NewMessage& message);

// What was stored under this client_id before.
struct KnownMessage {
  RoomId room;
  Seq seq;
  TimePoint at;
  std::string text;
  bool deleted = false;
};
std::optional<KnownMessage> find_by_client_id(sqlite::Connection& db, UserId author, const Uuid& client_id);
bool has_message(sqlite::Connection& db, RoomId room, Seq seq);

// Ascending pages of at most `limit`; `more` says whether the room goes on in that direction.
struct Page {
  std::vector<protocol::Message> messages;
  protocol::More more;
};
Page load_newest(sqlite::Connection& db, RoomId room, std::int64_t limit);
Page load_before(sqlite::Connection& db, RoomId room, Seq before, std::int64_t limit);
Page load_after(sqlite::Connection& db, RoomId room, Seq after, std::int64_t limit);
Page load_around(sqlite::Connection& db, RoomId room, Seq around, std::int64_t limit);

// What was posted or changed after `since`, by the sequence number of the change; at most `limit`.
std::vector<protocol::Message> load_changes(sqlite::Connection& db, RoomId room, Seq since,
                                            std::int64_t limit);

// The people who wrote these messages, each once.
std::vector<protocol::User> load_authors(sqlite::Connection& db,
                                         const std::vector<protocol::Message>& messages);

}  // namespace wardroom::store
