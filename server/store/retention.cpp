#include "server/store/retention.hpp"

#include "protocol/codec.hpp"
#include "server/store/files.hpp"
#include "server/store/message_states.hpp"
#include "server/store/messages.hpp"
#include "server/store/reactions.hpp"
#include "server/store/rooms.hpp"
#include "server/store/saved.hpp"
#include "server/store/threads.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {
namespace {

using protocol::RoomKind;

std::optional<std::string> kind_text(const std::optional<RoomKind>& kind) {
  return kind ? std::optional(std::string(protocol::enum_name(*kind))) : std::nullopt;
}

// How many states of its reactions that takes away. A thread goes with its root; its later replies stay, as
// messages of a thread whose beginning isn't there any more.
std::int64_t delete_message(sqlite::Connection& db, RoomId room, Seq seq) {
  if (const auto message = find_message(db, room, seq); message && message->thread && !message->deleted) {
    const Thread thread{room, *message->thread};
    db.run("UPDATE messages SET replies = max(0, replies - 1) WHERE room_id = ? AND seq = ?", room,
           thread.root);
    count_old_reply(db, thread, seq, message->author, -1);
  }
  forget_thread(db, {room, seq});
  forget_saved(db, room, seq);
  db.run("DELETE FROM message_versions WHERE room_id = ? AND seq = ?", room, seq);
  db.run("DELETE FROM erased_states WHERE room_id = ? AND seq = ?", room, seq);
  db.run("DELETE FROM messages WHERE room_id = ? AND seq = ?", room, seq);
  return remove_reactions(db, room, seq);
}

// What a hold keeps stands between what was removed: it moves up in the count.
void close_gaps(sqlite::Connection& db, RoomId room, Seq last) {
  const auto above = db.find<std::int64_t>(
      "SELECT coalesce((SELECT count FROM messages WHERE room_id = ?1 AND seq > ?2 ORDER BY seq LIMIT 1),"
      " (SELECT count + 1 FROM rooms WHERE id = ?1))",
      room, last);
  std::vector<Seq> left;
  {
    auto row =
        db.query("SELECT seq FROM messages WHERE room_id = ? AND seq <= ? ORDER BY seq DESC", room, last);
    while (row.step()) left.push_back(row.get<Seq>(0));
  }
  std::int64_t count = above.value_or(1);
  for (const Seq seq : left)
    db.run("UPDATE messages SET count = ?3 WHERE room_id = ?1 AND seq = ?2 AND count <> ?3", room, seq,
           --count);
}

std::vector<Trimmed::MovedMarker> move_markers(sqlite::Connection& db, RoomId room, Seq last) {
  std::vector<Trimmed::MovedMarker> moved;
  auto row = db.query(
      "UPDATE members SET marker_count = n.count, mentions = min(mentions, n.total - n.count) FROM"
      " (SELECT m.user_id, r.count AS total, coalesce((SELECT g.count - 1 FROM messages g"
      "   WHERE g.room_id = ?1 AND g.seq > m.marker_seq ORDER BY g.seq LIMIT 1), r.count) AS count"
      "  FROM members m JOIN rooms r ON r.id = m.room_id WHERE m.room_id = ?1 AND m.marker_seq < ?2) AS n"
      " WHERE members.room_id = ?1 AND members.user_id = n.user_id AND members.marker_count <> n.count"
      " RETURNING user_id, marker_seq, marker_count, mentions",
      room, last);
  while (row.step())
    moved.push_back(
        {row.get<UserId>(0), {row.get<Seq>(1), row.get<std::int64_t>(2)}, row.get<std::int64_t>(3)});
  return moved;
}

}  // namespace

std::optional<RuleRow> find_rule(sqlite::Connection& db, const RuleScope& scope) {
  auto row = db.query("SELECT days FROM retention_rules WHERE room_id = ? OR kind = ?", scope.room,
                      kind_text(scope.kind));
  if (!row.step()) return std::nullopt;
  return RuleRow{row.get<std::optional<std::int64_t>>(0)};
}

void store_rule(sqlite::Connection& db, const RuleScope& scope, std::optional<std::int64_t> days, UserId by,
                TimePoint now) {
  delete_rule(db, scope);
  db.run("INSERT INTO retention_rules (room_id, kind, days, at, by_id) VALUES (?,?,?,?,?)", scope.room,
         kind_text(scope.kind), days, now, by);
}

void delete_rule(sqlite::Connection& db, const RuleScope& scope) {
  db.run("DELETE FROM retention_rules WHERE room_id = ? OR kind = ?", scope.room, kind_text(scope.kind));
}

std::vector<protocol::RetentionRule> load_rules(sqlite::Connection& db) {
  std::vector<protocol::RetentionRule> rules;
  std::vector<std::optional<UserId>> people;
  {
    auto row = db.query(
        "SELECT t.room_id, t.kind, r.name, t.days, t.at, t.by_id FROM retention_rules t"
        " LEFT JOIN rooms r ON r.id = t.room_id ORDER BY t.kind IS NULL, t.kind DESC, r.name_key, t.room_id");
    while (row.step()) {
      const auto kind = row.get<std::optional<std::string>>(1);
      rules.push_back({row.get<std::optional<RoomId>>(0),
                       kind ? protocol::parse_enum<RoomKind>(*kind) : std::nullopt,
                       row.get<std::optional<std::string>>(2), row.get<std::optional<std::int64_t>>(3),
                       row.get<TimePoint>(4), std::nullopt});
      people.push_back(row.get<std::optional<UserId>>(5));
    }
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!people[i]) continue;
    if (auto users = load_users(db, {*people[i]}); !users.empty()) rules[i].by = std::move(users.front());
  }
  return rules;
}

std::vector<RuledRoom> load_ruled_rooms(sqlite::Connection& db, const std::optional<ProposedRule>& proposed) {
  std::vector<RuledRoom> rooms;
  auto row = db.query(
      "SELECT r.id, r.name, r.kind, o.id IS NOT NULL, o.days, k.days FROM rooms r"
      " LEFT JOIN retention_rules o ON o.room_id = r.id LEFT JOIN retention_rules k ON k.kind = r.kind"
      " ORDER BY r.name_key, r.id");
  while (row.step()) {
    RuledRoom room{row.get<RoomId>(0), row.get<std::string>(1),
                   protocol::parse_enum<RoomKind>(row.get<std::string_view>(2)).value_or(RoomKind::private_),
                   0};
    bool has_own = row.get<bool>(3);
    auto own = row.get<std::optional<std::int64_t>>(4);
    auto of_kind = row.get<std::optional<std::int64_t>>(5);
    if (proposed && proposed->scope.room == room.id) {
      has_own = !proposed->inherit;
      own = proposed->days;
    }
    if (proposed && proposed->scope.kind == room.kind) of_kind = proposed->days;
    const auto days = has_own ? own : of_kind;
    if (!days) continue;
    room.days = *days;
    rooms.push_back(std::move(room));
  }
  return rooms;
}

DueCount count_due(sqlite::Connection& db, RoomId room, TimePoint before) {
  auto row = db.query(
      "SELECT coalesce(sum(at < ?2 AND NOT held), 0), coalesce(sum(at < ?2 AND held), 0), count(*) FROM"
      " (SELECT at, (SELECT count(*) FROM holds h WHERE h.lifted_at IS NULL"
      "  AND (h.user_id = m.author_id OR h.room_id = ?1)) > 0 AS held FROM messages m WHERE room_id = ?1)",
      room, before);
  if (!row.step()) return {};
  return {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
}

std::vector<Seq> load_due(sqlite::Connection& db, RoomId room, TimePoint before, Seq after,
                          std::int64_t limit) {
  std::vector<Seq> due;
  auto row = db.query(
      "SELECT seq FROM messages m WHERE room_id = ?1 AND seq > ?2 AND at < ?3"
      " AND id < (SELECT max(id) FROM messages) AND NOT EXISTS (SELECT 1 FROM holds h"
      "  WHERE h.lifted_at IS NULL AND (h.user_id = m.author_id OR h.room_id = ?1)) ORDER BY seq LIMIT ?4",
      room, after, before, limit);
  while (row.step()) due.push_back(row.get<Seq>(0));
  return due;
}

Removed remove_due(sqlite::Connection& db, RoomId room, TimePoint before, std::span<const Seq> messages) {
  Removed removed;
  for (const Seq seq : messages) {
    const auto still = load_due(db, room, before, Seq{seq.value - 1}, 1);
    if (still.empty() || still.front() != seq) continue;
    for (const auto& state : load_states(db, room, seq))
      removed.commitments.push_back(commitment_of(room, seq, state));
    for (const auto& content : remove_files(db, room, seq)) removed.contents.push_back(content);
    removed.reactions += delete_message(db, room, seq);
    ++removed.messages;
    removed.last = seq;
  }
  db.run("UPDATE rooms SET removed = removed + ? WHERE id = ?", removed.messages, room);
  return removed;
}

Trimmed settle_trim(sqlite::Connection& db, RoomId room, TimePoint before, Seq last) {
  close_gaps(db, room, last);
  Trimmed trimmed;
  trimmed.markers = move_markers(db, room, last);
  trimmed.seq = take_seq(db, room);
  db.run("UPDATE rooms SET trimmed_before = ?, trimmed_seq = ? WHERE id = ?", before, trimmed.seq, room);
  return trimmed;
}

std::optional<TimePoint> find_trim(sqlite::Connection& db, RoomId room, Seq since) {
  return db.find<TimePoint>("SELECT trimmed_before FROM rooms WHERE id = ? AND trimmed_seq > ?", room, since);
}

}  // namespace wardroom::store
