#pragma once

#include <optional>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/commitment.hpp"

// Every state that a message's text had, with what its commitment in the audit log is made of.
namespace wardroom::store {

struct MessageState {
  std::int64_t version = 1;
  protocol::MessageVersion::Act act = protocol::MessageVersion::Act::posted;
  UserId by;
  TimePoint at;
  std::string reason;
  std::string text;
  protocol::Salt salt{};
  std::optional<Digest> erased;  // the commitment, where text and salt are gone
  // Of the message.
  protocol::MessageForm form = protocol::MessageForm::v1;
  std::optional<Seq> reply_to;
  Uuid client_id;
  std::string files;
  std::optional<Seq> thread;
};

// Oldest first; nothing when there is no such message.
std::vector<MessageState> load_states(sqlite::Connection& db, RoomId room, Seq message);

// As the audit log holds it (protocol/commitment.hpp).
Digest commitment_of(RoomId room, Seq message, const MessageState& state);

}  // namespace wardroom::store
