#pragma once

#include <optional>
#include <vector>

#include "common/base/uuid.hpp"
#include "common/sqlite/connection.hpp"
#include "protocol/types.hpp"

// The table `messages`. What is read comes with what changed it since folded in: the text that is shown, the
// tombstone, the reactions, the pin.
namespace wardroom::store {

// A room's messages as far as they are shown to somebody: those after `after`. From the room alone: all of
// them.
struct Shown {
  RoomId room;
  Seq after{};

  Shown(RoomId in) : room(in) {}
  Shown(RoomId in, Seq shown_after) : room(in), after(shown_after) {}
};

struct NewMessage {
  RoomId room;
  UserId author;
  Uuid client_id;
  TimePoint at;
  std::string_view text;
  std::optional<Seq> reply_to;
  std::string_view files = {};  // protocol::append_file(); what the table `files` has of them is the caller's
  std::optional<Seq> thread =
      {};  // the root; that it has one reply more is the caller's to count (threads.hpp)
};

struct StoredMessage {
  Seq seq;
  TimePoint at;
  Digest commitment;  // SHA-256(salt || canonical bytes): goes into the audit log
};

// Stores the message under the room's next sequence number.
StoredMessage insert_message(sqlite::Connection& db, const NewMessage& message);

// What was stored under this client_id before; `text` is the one that was posted, whatever became of it.
struct KnownMessage {
  RoomId room;
  Seq seq;
  TimePoint at;
  std::string text;
  bool erased = false;     // nobody knows the text any more
  std::string files = {};  // their line
};
std::optional<KnownMessage> find_by_client_id(sqlite::Connection& db, UserId author, const Uuid& client_id);
bool has_message(sqlite::Connection& db, const Shown& shown, Seq seq);

// The row of one message, for what may be done to it.
struct MessageRow {
  Seq seq;
  UserId author;
  std::string text;  // empty when deleted
  std::int64_t version = 1;
  bool deleted = false;
  std::optional<UserId> deleted_by;
  bool pinned = false;
  bool erased = false;  // its texts are gone for good
  std::optional<Seq> thread = {};
};
std::optional<MessageRow> find_message(sqlite::Connection& db, RoomId room, Seq seq);
// As clients see it.
std::optional<protocol::Message> load_message(sqlite::Connection& db, RoomId room, Seq seq);

// Gives the room's next sequence number to a change of a message, which is from then on among the changes
// after every number before it.
Seq take_change(sqlite::Connection& db, RoomId room, Seq message);

// When the author last wrote in the room, as far as that is among the room's newest 5,000 numbers.
std::optional<TimePoint> find_last_post(sqlite::Connection& db, RoomId room, UserId author);

// A changed pin takes the room's next number, which is returned.
Seq update_pin(sqlite::Connection& db, RoomId room, Seq message, bool on);
std::int64_t count_pins(sqlite::Connection& db, RoomId room);
// Newest pin first.
std::vector<protocol::Message> load_pinned(sqlite::Connection& db, const Shown& shown);

// Ascending pages of at most `limit`; `more` says whether the room goes on in that direction.
struct Page {
  std::vector<protocol::Message> messages;
  protocol::More more;
};
Page load_newest(sqlite::Connection& db, const Shown& shown, std::int64_t limit);
Page load_before(sqlite::Connection& db, const Shown& shown, Seq before, std::int64_t limit);
Page load_after(sqlite::Connection& db, const Shown& shown, Seq after, std::int64_t limit);
Page load_around(sqlite::Connection& db, const Shown& shown, Seq around, std::int64_t limit);
// Of the replies in a thread.
Page load_thread(sqlite::Connection& db, const Shown& shown, Seq root, std::optional<Seq> before,
                 std::optional<Seq> after, std::int64_t limit);

// The first message that was posted at `at` or later. Times ascend with the numbers but where a clock was set
// back or messages were imported: there it is one of those before which the time was earlier. In steps that
// halve the room.
std::optional<Seq> find_at(sqlite::Connection& db, const Shown& shown, TimePoint at);

// What was posted or changed after `since`, by the sequence number of the change; at most `limit`.
std::vector<protocol::Message> load_changes(sqlite::Connection& db, const Shown& shown, Seq since,
                                            std::int64_t limit);

// The people who wrote these messages, those who deleted them, and who is named under a root, each once.
std::vector<protocol::User> load_authors(sqlite::Connection& db,
                                         const std::vector<protocol::Message>& messages);

}  // namespace wardroom::store
