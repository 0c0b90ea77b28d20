#include "server/store/holds.hpp"

#include "server/store/users.hpp"

namespace wardroom::store {
namespace {

// People are looked up when the row's statement is done.
struct StoredHold {
  HoldRow row;
  std::optional<UserId> user;
  UserId by;
};

StoredHold read_hold(const sqlite::Cursor& row) {
  StoredHold stored;
  protocol::Hold& hold = stored.row.hold;
  hold.id = row.get<HoldId>(0);
  hold.name = row.get<std::string>(1);
  stored.user = row.get<std::optional<UserId>>(2);
  hold.room = row.get<std::optional<RoomId>>(3);
  hold.room_name = row.get<std::optional<std::string>>(4);
  hold.reason = row.get<std::string>(5);
  stored.by = row.get<UserId>(6);
  hold.at = row.get<TimePoint>(7);
  stored.row.stands = !row.get<std::optional<TimePoint>>(8);
  return stored;
}

constexpr sqlite::SqlPiece kSelectHold =
    "SELECT h.id, h.name, h.user_id, h.room_id, r.name, h.reason, h.by_id, h.at, h.lifted_at FROM holds h"
    " LEFT JOIN rooms r ON r.id = h.room_id";

HoldRow with_people(sqlite::Connection& db, StoredHold stored) {
  const auto find = [&](UserId id) {
    auto users = load_users(db, {id});
    return users.empty() ? protocol::User{} : std::move(users.front());
  };
  if (stored.user) stored.row.hold.user = find(*stored.user);
  stored.row.hold.by = find(stored.by);
  return std::move(stored.row);
}

}  // namespace

HoldId insert_hold(sqlite::Connection& db, const NewHold& h, TimePoint now) {
  db.run("INSERT INTO holds (name, user_id, room_id, reason, by_id, at) VALUES (?,?,?,?,?,?)", h.name, h.user,
         h.room, h.reason, h.by, now);
  return HoldId{db.last_insert_id()};
}

std::optional<HoldRow> find_hold(sqlite::Connection& db, HoldId id) {
  static constexpr auto kById = kSelectHold + " WHERE h.id = ?";
  std::optional<StoredHold> stored;
  {
    auto row = db.query(kById, id);
    if (!row.step()) return std::nullopt;
    stored = read_hold(row);
  }
  return with_people(db, std::move(*stored));
}

void lift_hold(sqlite::Connection& db, HoldId id, TimePoint now) {
  db.run("UPDATE holds SET lifted_at = ? WHERE id = ? AND lifted_at IS NULL", now, id);
}

std::vector<protocol::Hold> load_holds(sqlite::Connection& db) {
  static constexpr auto kStanding = kSelectHold + " WHERE h.lifted_at IS NULL ORDER BY h.id DESC";
  std::vector<StoredHold> stored;
  {
    auto row = db.query(kStanding);
    while (row.step()) stored.push_back(read_hold(row));
  }
  std::vector<protocol::Hold> holds;
  for (auto& hold : stored) holds.push_back(with_people(db, std::move(hold)).hold);
  return holds;
}

std::optional<std::string> find_hold_on(sqlite::Connection& db, UserId user) {
  return db.find<std::string>("SELECT name FROM holds WHERE user_id = ? AND lifted_at IS NULL LIMIT 1", user);
}

std::optional<std::string> find_hold_on(sqlite::Connection& db, RoomId room) {
  return db.find<std::string>("SELECT name FROM holds WHERE room_id = ? AND lifted_at IS NULL LIMIT 1", room);
}

}  // namespace wardroom::store
