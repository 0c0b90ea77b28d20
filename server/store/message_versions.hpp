#pragma once

#include <vector>

#include "common/base/bytes.hpp"
#include "server/store/messages.hpp"

// The table `message_versions`: every state of a message's text once it has changed.
namespace wardroom::store {

struct NewVersion {
  protocol::MessageVersion::Act act = protocol::MessageVersion::Act::edited;  // not `posted`
  UserId by;
  TimePoint at;
  std::string_view text;  // shown from now on; empty for a deletion
  std::string_view reason;
};

struct StoredVersion {
  Seq seq;                   // the room's number of the change
  std::int64_t version = 2;  // of the message
  Digest commitment;         // goes into the audit log (commitment.hpp)
};

// Makes it the message's state. A deletion takes the pin away and empties the text of the message itself,
// which stays among its versions.
StoredVersion insert_version(sqlite::Connection& db, RoomId room, const MessageRow& message,
                             const NewVersion& version);

// The text that a deleted message had.
std::string load_last_text(sqlite::Connection& db, RoomId room, Seq message);

// Oldest first; the posted one alone for a message that never changed.
std::vector<protocol::MessageVersion> load_versions(sqlite::Connection& db, RoomId room, Seq message);

}  // namespace wardroom::store
