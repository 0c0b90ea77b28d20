#include "server/store/erasure.hpp"

#include <map>

#include "protocol/codec.hpp"
#include "protocol/methods/moderation.hpp"
#include "server/store/files.hpp"
#include "server/store/holds.hpp"
#include "server/store/message_states.hpp"

namespace wardroom::store {
namespace {

using protocol::Evidence;
using Act = protocol::MessageVersion::Act;

// Whether there was a text of the author's; afterwards there is none.
bool empty_texts(Evidence& evidence, UserId author) {
  bool any = false;
  const auto empty = [&](std::string& text) {
    any = any || !text.empty();
    text.clear();
  };
  const auto take_files = [&](protocol::Message& message) {
    any = any || message.files.has_value();
    message.files.reset();
  };
  if (evidence.message.author == author) {
    empty(evidence.message.text);
    take_files(evidence.message);
    for (auto& version : evidence.versions) {
      if (version.text.empty()) continue;
      empty(version.text);
      version.erased = true;
    }
  }
  for (auto& message : evidence.before) {
    if (message.author != author) continue;
    empty(message.text);
    take_files(message);
  }
  return any;
}

std::optional<Evidence> decode_evidence(std::string_view text) {
  const auto json = protocol::parse_json(text);
  if (!json) return std::nullopt;
  auto evidence = protocol::decode<Evidence>(*json, "evidence");
  return evidence ? std::optional(std::move(*evidence)) : std::nullopt;
}

using Rooms = std::map<RoomId, ErasurePlan::Room>;

void plan_messages(sqlite::Connection& db, UserId author, Rooms& rooms, ErasurePlan& plan) {
  auto row = db.query(
      "SELECT m.room_id, m.seq, iif(m.version = 1, 1, (SELECT count(*) FROM message_versions v"
      " WHERE v.room_id = m.room_id AND v.seq = m.seq AND v.act <> 'deleted')),"
      " EXISTS (SELECT 1 FROM holds h WHERE h.room_id = m.room_id AND h.lifted_at IS NULL)"
      " FROM messages m WHERE m.author_id = ? AND m.erased = 0",
      author);
  while (row.step()) {
    if (row.get<bool>(3)) {
      ++plan.held;
      continue;
    }
    rooms[row.get<RoomId>(0)].messages.push_back(row.get<Seq>(1));
    plan.texts += row.get<std::int64_t>(2);
  }
}

void plan_reports(sqlite::Connection& db, UserId author, Rooms& rooms) {
  auto row = db.query(
      "SELECT id, room_id, evidence FROM reports r WHERE NOT EXISTS (SELECT 1 FROM holds h"
      " WHERE h.room_id = r.room_id AND h.lifted_at IS NULL)");
  while (row.step())
    if (auto evidence = decode_evidence(row.get<std::string_view>(2));
        evidence && empty_texts(*evidence, author))
      rooms[row.get<RoomId>(1)].reports.push_back(row.get<ReportId>(0));
}

}  // namespace

ErasurePlan load_erasure_plan(sqlite::Connection& db, UserId author) {
  ErasurePlan plan;
  Rooms rooms;
  plan_messages(db, author, rooms, plan);
  plan_reports(db, author, rooms);
  for (auto& [id, room] : rooms) {
    room.id = id;
    plan.rooms.push_back(std::move(room));
  }
  return plan;
}

std::optional<ErasedMessage> erase_message(sqlite::Connection& db, RoomId room, Seq seq, UserId by,
                                           std::string_view reason, TimePoint now) {
  const auto message = find_message(db, room, seq);
  if (!message || message->erased) return std::nullopt;
  ErasedMessage erased;
  for (const auto& state : load_states(db, room, seq)) {
    if (state.act == Act::deleted || state.erased) continue;
    erased.commitments.push_back(commitment_of(room, seq, state));
    db.run("INSERT INTO erased_states (room_id, seq, version, commitment) VALUES (?,?,?,?)", room, seq,
           state.version, erased.commitments.back());
  }
  db.run(
      "UPDATE message_versions SET text = '', salt = x'' WHERE room_id = ? AND seq = ? AND act <> 'deleted'",
      room, seq);
  erased.contents = remove_files(db, room, seq);
  db.run("UPDATE messages SET files = '' WHERE room_id = ? AND seq = ?", room, seq);
  // The salt of a tombstone is that of its deletion, which has no text and stays provable.
  if (message->deleted) {
    db.run("UPDATE messages SET erased = 1 WHERE room_id = ? AND seq = ?", room, seq);
    return erased;
  }
  db.run("UPDATE messages SET text = '', salt = x'', erased = 1 WHERE room_id = ? AND seq = ?", room, seq);
  erased.tombstone = insert_version(db, room, *message, {Act::deleted, by, now, {}, reason});
  return erased;
}

bool erase_evidence(sqlite::Connection& db, ReportId report, UserId author) {
  const auto text = db.find<std::string>("SELECT evidence FROM reports WHERE id = ?", report);
  auto evidence = text ? decode_evidence(*text) : std::nullopt;
  if (!evidence || !empty_texts(*evidence, author)) return false;
  // evidence_hash stays: it says what the audit log's record speaks of. Without its salt, which an old report
  // doesn't have, nobody can guess the text from it.
  db.run(
      "UPDATE reports SET evidence = ?, erased = 1, evidence_salt = iif(evidence_salt IS NULL, NULL, x'')"
      " WHERE id = ?",
      protocol::encode(*evidence), report);
  return true;
}

}  // namespace wardroom::store
