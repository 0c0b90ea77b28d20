#pragma once

#include <vector>

#include "server/store/message_versions.hpp"

// What erasing a person's texts does to the tables: texts and salts go, commitments and tombstones stay.
namespace wardroom::store {

// What there is to erase of a person.
struct ErasurePlan {
  struct Room {
    RoomId id;
    std::vector<Seq> messages;
    std::vector<ReportId> reports;  // whose evidence quotes them
  };
  std::vector<Room> rooms;  // by id; those on hold are left out
  std::int64_t texts = 0;
  std::int64_t held = 0;  // messages in rooms on hold
};
// Reads every message's author: seconds for millions of them, so for a reader thread.
ErasurePlan load_erasure_plan(sqlite::Connection& db, UserId author);

struct ErasedMessage {
  std::vector<Digest> commitments;         // of the states whose text is gone, oldest first
  std::optional<StoredVersion> tombstone;  // when the message wasn't deleted before
  std::vector<Digest> contents;            // of its files, which perhaps nobody needs any more
};
// Nothing when the message isn't there, or has no text that could be erased.
std::optional<ErasedMessage> erase_message(sqlite::Connection& db, RoomId room, Seq message, UserId by,
                                           std::string_view reason, TimePoint now);

// Empties the texts of `author` in the evidence. False when there are none.
bool erase_evidence(sqlite::Connection& db, ReportId report, UserId author);

}  // namespace wardroom::store
