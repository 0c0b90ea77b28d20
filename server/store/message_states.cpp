#include "server/store/message_states.hpp"

#include <algorithm>

#include "protocol/codec.hpp"

namespace wardroom::store {
namespace {

using Act = protocol::MessageVersion::Act;

MessageState read_state(const sqlite::Cursor& row) {
  MessageState state;
  state.version = row.get<std::int64_t>(0);
  state.act = protocol::parse_enum<Act>(row.get<std::string_view>(1)).value_or(Act::posted);
  state.at = row.get<TimePoint>(2);
  state.by = row.get<UserId>(3);
  state.reason = row.get<std::string>(4);
  state.text = row.get<std::string>(5);
  const Bytes salt = row.get<Bytes>(6);
  std::copy_n(salt.begin(), std::min(salt.size(), state.salt.size()), state.salt.begin());
  state.erased = to_digest(row.get<std::optional<Bytes>>(7));
  state.form = protocol::MessageForm{row.get<std::int64_t>(8)};
  state.reply_to = row.get<std::optional<Seq>>(9);
  state.client_id = protocol::to_client_id(row.get<Bytes>(10));
  state.files = row.get<std::string>(11);
  state.thread = row.get<std::optional<Seq>>(12);
  return state;
}

}  // namespace

std::vector<MessageState> load_states(sqlite::Connection& db, RoomId room, Seq message) {
  auto row = db.query(
      "SELECT v.version, v.act, v.at, v.by_id, v.reason, v.text, v.salt, e.commitment,"
      " m.form, m.reply_to, m.client_id, m.files, m.thread FROM message_versions v"
      " LEFT JOIN messages m ON m.room_id = v.room_id AND m.seq = v.seq"
      " LEFT JOIN erased_states e ON e.room_id = v.room_id AND e.seq = v.seq AND e.version = v.version"
      " WHERE v.room_id = ?1 AND v.seq = ?2"
      " UNION ALL SELECT 1, 'posted', at, author_id, '', text, salt, NULL, form, reply_to, client_id,"
      " files, thread FROM messages"
      " WHERE room_id = ?1 AND seq = ?2 AND version = 1 ORDER BY 1",
      room, message);
  std::vector<MessageState> states;
  while (row.step()) states.push_back(read_state(row));
  return states;
}

Digest commitment_of(RoomId room, Seq message, const MessageState& s) {
  if (s.erased) return *s.erased;
  if (s.act == Act::posted)
    return commit_to(s.salt, protocol::PostedState{room, message, s.by, s.at, s.text, s.form, s.reply_to,
                                                   s.client_id, s.files, s.thread});
  return commit_to(s.salt,
                   protocol::ChangedState{room, message, s.version, s.act, s.by, s.at, s.reason, s.text});
}

}  // namespace wardroom::store
