#include "server/store/rooms.hpp"

#include "common/text/search_text.hpp"
#include "protocol/codec.hpp"
#include "server/domain/names.hpp"
#include "server/store/sanctions.hpp"
#include "server/store/threads.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {
namespace {

using namespace protocol;

// Reads rooms' columns, from 0: id, name, kind, topic, seq, count, created_at, archived, last_at, locked,
// slow_mode_s, direct_state, requested_by.
template <class R>
R read_room(const sqlite::Cursor& row) {
  R room;
  room.id = row.get<RoomId>(0);
  room.name = row.get<std::string>(1);
  room.kind = parse_enum<RoomKind>(row.get<std::string_view>(2)).value_or(RoomKind::private_);
  room.topic = row.get<std::string>(3);
  room.seq = row.get<Seq>(4);
  room.count = row.get<std::int64_t>(5);
  room.created_at = row.get<TimePoint>(6);
  room.archived = row.get<bool>(7);
  room.last_at = row.get<std::optional<TimePoint>>(8);
  room.locked = row.get<bool>(9);
  room.slow_mode_s = row.get<std::int64_t>(10);
  if (room.kind == RoomKind::direct)
    room.direct = parse_enum<DirectState>(row.get<std::string_view>(11)).value_or(DirectState::open);
  room.requested_by = row.get<std::optional<UserId>>(12);
  return room;
}

std::vector<User> load_direct_users(sqlite::Connection& db, RoomId room) {
  auto row = db.query(
      "SELECT u.id, u.name, u.display_name, u.role FROM members m JOIN users u ON u.id = m.user_id WHERE "
      "m.room_id = ?",
      room);
  std::vector<User> users;
  while (row.step()) users.push_back(read_user(row, 0));
  return users;
}

MyRoom read_my_room(const sqlite::Cursor& row) {
  MyRoom room = read_room<MyRoom>(row);
  room.role = parse_enum<RoomRole>(row.get<std::string_view>(13)).value_or(RoomRole::member);
  room.marker = {row.get<Seq>(14), row.get<std::int64_t>(15)};
  room.mentions = row.get<std::int64_t>(16);
  if (room.direct == DirectState::requested) room.accepted = row.get<bool>(17);
  return room;
}

// What isn't in the room's own row.
void complete(sqlite::Connection& db, MyRoom& room, UserId user, TimePoint now) {
  if (room.kind == RoomKind::direct) room.users = load_direct_users(db, room.id);
  room.muted = find_sanction(db, SanctionKind::mute, room.id, user, now);
  if (!room.muted) room.muted = find_sanction(db, SanctionKind::mute, std::nullopt, user, now);
}

}  // namespace

std::optional<Room> find_room(sqlite::Connection& db, RoomId id) {
  std::optional<Room> room;
  {
    auto row = db.query(
        "SELECT id, name, kind, topic, seq, count, created_at, archived, last_at, locked, slow_mode_s, "
        "direct_state, requested_by FROM rooms WHERE id = ?",
        id);
    if (!row.step()) return std::nullopt;
    room = read_room<Room>(row);
  }
  if (room->kind == RoomKind::direct) room->users = load_direct_users(db, id);
  return room;
}

std::optional<RoomId> find_room_by_name(sqlite::Connection& db, std::string_view name_key) {
  return db.find<RoomId>("SELECT id FROM rooms WHERE name_key = ?", name_key);
}

std::optional<RoomId> find_direct_room(sqlite::Connection& db, std::string_view direct_key) {
  return db.find<RoomId>("SELECT id FROM rooms WHERE direct_key = ?", direct_key);
}

std::optional<RoomId> insert_room(sqlite::Connection& db, const NewRoom& r, TimePoint now) {
  const auto look = r.name_key ? std::optional(domain::room_name_look(r.name)) : std::nullopt;
  db.run(
      "INSERT INTO rooms (name, name_key, direct_key, kind, topic, created_by, created_at, look_written, "
      "look_folded) VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
      r.name, r.name_key, r.direct_key, enum_name(r.kind), r.topic, r.created_by, now,
      look ? std::optional(look->written) : std::nullopt, look ? std::optional(look->folded) : std::nullopt);
  if (db.failure() || db.changes() == 0) return std::nullopt;
  return RoomId{db.last_insert_id()};
}

bool update_room(sqlite::Connection& db, RoomId id, std::string_view name, std::string_view name_key,
                 std::string_view topic) {
  const auto look = domain::room_name_look(name);
  db.run(
      "UPDATE OR IGNORE rooms SET name = ?, name_key = ?, topic = ?, look_written = ?, look_folded = ? WHERE "
      "id "
      "= ?",
      name, name_key, topic, look.written, look.folded, id);
  return db.changes() > 0;
}

void update_kind(sqlite::Connection& db, RoomId id, protocol::RoomKind kind) {
  db.run("UPDATE rooms SET kind = ? WHERE id = ?", protocol::enum_name(kind), id);
}

void close_history(sqlite::Connection& db, RoomId id) {
  db.run("UPDATE rooms SET history_from = seq WHERE id = ?", id);
}

void open_history(sqlite::Connection& db, RoomId id) {
  db.run("UPDATE rooms SET history_from = 0 WHERE id = ?", id);
  db.run("UPDATE members SET shown_after = 0 WHERE room_id = ?", id);
}

void update_archived(sqlite::Connection& db, RoomId id, bool archived) {
  db.run("UPDATE rooms SET archived = ? WHERE id = ?", archived, id);
}

void update_locked(sqlite::Connection& db, RoomId id, bool locked) {
  db.run("UPDATE rooms SET locked = ? WHERE id = ?", locked, id);
}

void update_slow_mode(sqlite::Connection& db, RoomId id, std::int64_t seconds) {
  db.run("UPDATE rooms SET slow_mode_s = ? WHERE id = ?", seconds, id);
}

Seq take_seq(sqlite::Connection& db, RoomId id) {
  return db.find<Seq>("UPDATE rooms SET seq = seq + 1 WHERE id = ? RETURNING seq", id).value_or(Seq{});
}

std::optional<MemberRow> find_member(sqlite::Connection& db, RoomId room, UserId user) {
  auto row = db.query(
      "SELECT role, marker_seq, marker_count, mentions, accepted, shown_after FROM members"
      " WHERE room_id = ? AND user_id = ?",
      room, user);
  if (!row.step()) return std::nullopt;
  return MemberRow{parse_enum<RoomRole>(row.get<std::string_view>(0)).value_or(RoomRole::member),
                   {row.get<Seq>(1), row.get<std::int64_t>(2)},
                   row.get<std::int64_t>(3),
                   row.get<bool>(4),
                   row.get<Seq>(5)};
}

bool insert_member(sqlite::Connection& db, RoomId room, UserId user, RoomRole role, TimePoint now) {
  db.run(
      "INSERT INTO members (room_id, user_id, role, joined_at, marker_seq, marker_count, shown_after)"
      " SELECT id, ?2, ?3, ?4, seq, count, history_from FROM rooms WHERE id = ?1 ON CONFLICT DO NOTHING",
      room, user, enum_name(role), now);
  return db.changes() > 0;
}

void show_member_after(sqlite::Connection& db, RoomId room, UserId user, Seq seq) {
  db.run("UPDATE members SET shown_after = ? WHERE room_id = ? AND user_id = ?", seq, room, user);
}

void update_member_role(sqlite::Connection& db, RoomId room, UserId user, RoomRole role) {
  db.run("UPDATE members SET role = ? WHERE room_id = ? AND user_id = ?", enum_name(role), room, user);
}

bool is_last_moderator(sqlite::Connection& db, RoomId room, UserId user) {
  const auto member = find_member(db, room, user);
  if (!member || member->role != RoomRole::moderator) return false;
  auto row = db.query(
      "SELECT count(*), coalesce(sum(m.role = 'moderator' AND u.role <> 'guest'), 0)"
      " FROM members m JOIN users u ON u.id = m.user_id"
      " WHERE m.room_id = ? AND m.user_id <> ? AND u.disabled = 0 AND u.imported = 0",
      room, user);
  return row.step() && row.get<std::int64_t>(0) > 0 && row.get<std::int64_t>(1) == 0;
}

bool moderates_a_room(sqlite::Connection& db, UserId user) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM members m JOIN users u ON u.id = m.user_id"
          " WHERE m.user_id = ? AND m.role = 'moderator' AND u.role <> 'guest' LIMIT 1",
          user)
      .has_value();
}

bool delete_member(sqlite::Connection& db, RoomId room, UserId user) {
  forget_threads(db, room, user);
  db.run("DELETE FROM members WHERE room_id = ? AND user_id = ?", room, user);
  return db.changes() > 0;
}

std::vector<Member> load_members(sqlite::Connection& db, RoomId room, TimePoint now) {
  auto row = db.query(
      "SELECT u.id, u.name, u.display_name, u.role, m.role, m.joined_at,"
      " EXISTS (SELECT 1 FROM sanctions s WHERE s.user_id = u.id AND s.kind = 'mute' AND s.lifted_at IS NULL"
      "  AND (s.room_id IS NULL OR s.room_id = ?1) AND (s.until IS NULL OR s.until > ?2))"
      " FROM members m JOIN users u ON u.id = m.user_id"
      " WHERE m.room_id = ?1 ORDER BY u.display_name COLLATE NOCASE, u.id",
      room, now);
  std::vector<Member> members;
  while (row.step()) {
    Member member{read_user(row, 0),
                  parse_enum<RoomRole>(row.get<std::string_view>(4)).value_or(RoomRole::member),
                  row.get<TimePoint>(5),
                  {}};
    if (row.get<bool>(6)) member.muted = true;
    members.push_back(std::move(member));
  }
  return members;
}

std::optional<std::vector<UserId>> load_readers(sqlite::Connection& db, RoomId room, Seq message) {
  // A closed history isn't shown to those who come later; nor is an open one to whom somebody's rooms were
  // given.
  if (!db.find<std::int64_t>("SELECT 1 FROM rooms WHERE id = ? AND history_from >= ?", room, message) &&
      !db.find<std::int64_t>(
          "SELECT 1 FROM members WHERE room_id = ? AND shown_after > 0 AND shown_after >= ? LIMIT 1", room,
          message))
    return std::nullopt;
  auto row = db.query("SELECT user_id FROM members WHERE room_id = ? AND shown_after < ?", room, message);
  std::vector<UserId> readers;
  while (row.step()) readers.push_back(row.get<UserId>(0));
  return readers;
}

std::vector<RoomId> load_room_ids(sqlite::Connection& db, UserId user) {
  auto row = db.query("SELECT room_id FROM members WHERE user_id = ?", user);
  std::vector<RoomId> rooms;
  while (row.step()) rooms.push_back(row.get<RoomId>(0));
  return rooms;
}

std::vector<ClosedRoom> load_closed_rooms(sqlite::Connection& db, UserId reader) {
  auto row = db.query(
      "SELECT id, kind = 'direct' FROM rooms r WHERE kind <> 'public' AND NOT EXISTS (SELECT 1 FROM members m"
      " WHERE m.room_id = r.id AND m.user_id = ? AND m.shown_after = 0)",
      reader);
  std::vector<ClosedRoom> rooms;
  while (row.step()) rooms.push_back({row.get<RoomId>(0), row.get<bool>(1)});
  return rooms;
}

std::vector<RoomId> load_direct_room_ids(sqlite::Connection& db, UserId user) {
  auto row = db.query(
      "SELECT m.room_id FROM members m JOIN rooms r ON r.id = m.room_id WHERE m.user_id = ? AND r.kind = "
      "'direct'",
      user);
  std::vector<RoomId> rooms;
  while (row.step()) rooms.push_back(row.get<RoomId>(0));
  return rooms;
}

std::optional<Marker> move_marker(sqlite::Connection& db, RoomId room, UserId user, Seq seq) {
  // What comes after a sequence number is unread: the count there is the one just below the next message's.
  auto row = db.query(
      "UPDATE members SET mentions = 0, marker_seq = min(?3, (SELECT seq FROM rooms WHERE id = ?1)),"
      " marker_count = coalesce((SELECT count - 1 FROM messages WHERE room_id = ?1 AND seq > ?3 ORDER BY seq"
      " LIMIT 1), (SELECT count FROM rooms WHERE id = ?1))"
      " WHERE room_id = ?1 AND user_id = ?2 AND marker_seq < min(?3, (SELECT seq FROM rooms WHERE id = ?1))"
      " RETURNING marker_seq, marker_count",
      room, user, seq);
  if (!row.step()) return std::nullopt;
  return Marker{row.get<Seq>(0), row.get<std::int64_t>(1)};
}

std::optional<Marker> move_marker_back(sqlite::Connection& db, RoomId room, UserId user, Seq seq) {
  auto row = db.query(
      "UPDATE members SET mentions = 0, marker_seq = max(?3, shown_after),"
      " marker_count = coalesce((SELECT count - 1 FROM messages WHERE room_id = ?1 AND seq > max(?3, "
      "shown_after)"
      " ORDER BY seq LIMIT 1), (SELECT count FROM rooms WHERE id = ?1))"
      " WHERE room_id = ?1 AND user_id = ?2 AND marker_seq > max(?3, shown_after)"
      " RETURNING marker_seq, marker_count",
      room, user, seq);
  if (!row.step()) return std::nullopt;
  return Marker{row.get<Seq>(0), row.get<std::int64_t>(1)};
}

std::optional<std::int64_t> count_mention(sqlite::Connection& db, RoomId room, UserId user, Seq message,
                                          std::int64_t more) {
  return db.find<std::int64_t>(
      "UPDATE members SET mentions = max(0, mentions + ?4) WHERE room_id = ?1 AND user_id = ?2"
      " AND marker_seq < ?3 RETURNING mentions",
      room, user, message, more);
}

void update_mentions(sqlite::Connection& db, RoomId room, UserId user, std::int64_t mentions) {
  db.run("UPDATE members SET mentions = ? WHERE room_id = ? AND user_id = ?", mentions, room, user);
}

std::vector<Call> load_unread_calls(sqlite::Connection& db, RoomId room, Seq marker) {
  auto row = db.query(
      "SELECT author_id, text FROM messages WHERE room_id = ? AND seq > ? AND deleted = 0"
      " AND instr(text, '@') > 0 ORDER BY seq DESC LIMIT 1000",
      room, marker);
  std::vector<Call> calls;
  while (row.step()) calls.push_back({row.get<UserId>(0), row.get<std::string>(1)});
  return calls;
}

std::optional<MyRoom> find_my_room(sqlite::Connection& db, RoomId id, UserId user, TimePoint now) {
  std::optional<MyRoom> room;
  {
    auto row = db.query(
        "SELECT r.id, r.name, r.kind, r.topic, r.seq, r.count, r.created_at, r.archived, r.last_at,"
        " r.locked, r.slow_mode_s, r.direct_state, r.requested_by,"
        " m.role, m.marker_seq, m.marker_count, m.mentions, m.accepted FROM members m JOIN rooms r ON r.id = "
        "m.room_id"
        " WHERE m.user_id = ? AND m.room_id = ?",
        user, id);
    if (!row.step()) return std::nullopt;
    room = read_my_room(row);
  }
  complete(db, *room, user, now);
  return room;
}

std::vector<MyRoom> load_my_rooms(sqlite::Connection& db, UserId user, TimePoint now) {
  std::vector<MyRoom> rooms;
  {
    auto row = db.query(
        "SELECT r.id, r.name, r.kind, r.topic, r.seq, r.count, r.created_at, r.archived, r.last_at,"
        " r.locked, r.slow_mode_s, r.direct_state, r.requested_by,"
        " m.role, m.marker_seq, m.marker_count, m.mentions, m.accepted FROM members m JOIN rooms r ON r.id = "
        "m.room_id"
        " WHERE m.user_id = ? ORDER BY r.name_key, r.id",
        user);
    while (row.step()) rooms.push_back(read_my_room(row));
  }
  for (auto& room : rooms) complete(db, room, user, now);
  return rooms;
}

std::vector<RoomBrowse::Entry> load_public_rooms(sqlite::Connection& db, UserId user, std::string_view query,
                                                 std::string_view after, std::int64_t limit) {
  std::vector<RoomBrowse::Entry> rooms;
  const std::string wanted = text::folded_for_search(query);
  {
    auto row = db.query(
        "SELECT id, name, topic FROM rooms WHERE kind = 'public' AND archived = 0 AND name_key > ?"
        " ORDER BY name_key",
        after);
    while (static_cast<std::int64_t>(rooms.size()) < limit && row.step()) {
      auto name = row.get<std::string>(1), topic = row.get<std::string>(2);
      // SQLite folds ASCII alone.
      const bool fits = wanted.empty() || text::folded_for_search(name).find(wanted) != std::string::npos ||
                        text::folded_for_search(topic).find(wanted) != std::string::npos;
      if (fits) rooms.push_back({row.get<RoomId>(0), std::move(name), std::move(topic), 0, false});
    }
  }
  for (auto& room : rooms) {
    room.members =
        db.find<std::int64_t>("SELECT count(*) FROM members WHERE room_id = ?", room.id).value_or(0);
    room.joined = find_member(db, room.id, user).has_value();
  }
  return rooms;
}

}  // namespace wardroom::store
