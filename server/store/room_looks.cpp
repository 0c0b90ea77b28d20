#include "server/store/room_looks.hpp"

#include "common/sqlite/transaction.hpp"
#include "server/domain/names.hpp"

namespace wardroom::store {
namespace {

struct Unlooked {
  RoomId id;
  std::string name;
};

std::vector<Unlooked> load_unlooked(sqlite::Connection& db) {
  auto row =
      db.query("SELECT id, name FROM rooms WHERE name_key IS NOT NULL AND look_written IS NULL ORDER BY id");
  std::vector<Unlooked> rooms;
  while (row.step()) rooms.push_back({row.get<RoomId>(0), row.get<std::string>(1)});
  return rooms;
}

}  // namespace

Result<void> fill_room_looks(sqlite::Connection& db) {
  const auto rooms = load_unlooked(db);
  if (db.failure()) return *db.failure();
  if (rooms.empty()) return ok();
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  for (const auto& [id, name] : rooms) {
    const auto look = domain::room_name_look(name);
    db.run("UPDATE OR IGNORE rooms SET name_key = ?, look_written = ?, look_folded = ? WHERE id = ?",
           domain::room_name_key(name), look.written, look.folded, id);
  }
  return transaction.commit();
}

}  // namespace wardroom::store
