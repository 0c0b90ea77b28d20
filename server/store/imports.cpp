#include "server/store/imports.hpp"

#include "server/store/users.hpp"

namespace wardroom::store {
std::optional<ImportRow> find_import(sqlite::Connection& db, ImportId id) {
  auto row = db.query(
      "SELECT id, created_at, bytes, done_at IS NOT NULL, undone_at IS NOT NULL FROM imports WHERE id = ?",
      id);
  if (!row.step()) return std::nullopt;
  return ImportRow{row.get<ImportId>(0), row.get<TimePoint>(1), row.get<std::int64_t>(2), row.get<bool>(3),
                   row.get<bool>(4)};
}

ImportId insert_import(sqlite::Connection& db, UserId by, TimePoint now) {
  db.run("INSERT INTO imports (created_by, created_at) VALUES (?,?)", by, now);
  return ImportId{db.last_insert_id()};
}

void append_piece(sqlite::Connection& db, ImportId id, const Bytes& bytes) {
  db.run(
      "INSERT INTO import_pieces (import_id, number, bytes)"
      " SELECT ?1, coalesce(max(number) + 1, 0), ?2 FROM import_pieces WHERE import_id = ?1",
      id, bytes);
  db.run("UPDATE imports SET bytes = bytes + ? WHERE id = ?", bytes.size(), id);
}

std::string load_file(sqlite::Connection& db, ImportId id) {
  auto row = db.query("SELECT bytes FROM import_pieces WHERE import_id = ? ORDER BY number", id);
  std::string file;
  while (row.step()) file += row.get<std::string_view>(0);
  return file;
}

void delete_stale_imports(sqlite::Connection& db, TimePoint before) {
  db.run(
      "DELETE FROM import_pieces WHERE import_id IN (SELECT id FROM imports WHERE done_at IS NULL AND "
      "created_at < ?)",
      before);
  db.run("DELETE FROM imports WHERE done_at IS NULL AND created_at < ?", before);
}

void insert_import_account(sqlite::Connection& db, ImportId id, UserId user) {
  db.run("INSERT INTO import_accounts (import_id, user_id) VALUES (?,?)", id, user);
}

void finish_import(sqlite::Connection& db, ImportId id, TimePoint now) {
  db.run("DELETE FROM import_pieces WHERE import_id = ?", id);
  db.run("UPDATE imports SET done_at = ? WHERE id = ?", now, id);
}

void mark_undone(sqlite::Connection& db, ImportId id, TimePoint now) {
  db.run("UPDATE imports SET undone_at = ? WHERE id = ?", now, id);
}

std::vector<protocol::AdminUserImportList::Entry> load_imports(sqlite::Connection& db) {
  auto row = db.query(
      "SELECT i.id, i.done_at, u.id, u.name, u.display_name, u.role,"
      " (SELECT count(*) FROM import_accounts a WHERE a.import_id = i.id),"
      " (SELECT count(*) FROM import_accounts a JOIN users p ON p.id = a.user_id"
      "   WHERE a.import_id = i.id AND p.last_seen_at IS NOT NULL),"
      " i.undone_at IS NOT NULL FROM imports i JOIN users u ON u.id = i.created_by"
      " WHERE i.done_at IS NOT NULL ORDER BY i.done_at DESC, i.id DESC LIMIT 200");
  std::vector<protocol::AdminUserImportList::Entry> imports;
  while (row.step())
    imports.push_back({row.get<ImportId>(0), row.get<TimePoint>(1), read_user(row, 2),
                       row.get<std::int64_t>(6), row.get<std::int64_t>(7), row.get<bool>(8)});
  return imports;
}

std::vector<ImportedAccount> load_import_accounts(sqlite::Connection& db, ImportId id, UserId after,
                                                  std::int64_t limit) {
  auto row = db.query(
      "SELECT u.id, u.name, u.display_name, u.role, u.last_seen_at IS NOT NULL,"
      " u.password IS NULL AND u.disabled = 0, u.email FROM import_accounts a JOIN users u ON u.id = "
      "a.user_id"
      " WHERE a.import_id = ? AND a.user_id > ? AND u.removed = 0 ORDER BY a.user_id LIMIT ?",
      id, after, limit);
  std::vector<ImportedAccount> accounts;
  while (row.step())
    accounts.push_back({read_user(row, 0), row.get<bool>(4), row.get<bool>(5), row.get<std::string>(6)});
  return accounts;
}

}  // namespace wardroom::store
