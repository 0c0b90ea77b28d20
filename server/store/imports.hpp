#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/people_import.hpp"
#include "server/store/users.hpp"

// The tables `imports`, `import_pieces` and `import_accounts`: files of people, and what became of them.
namespace wardroom::store {

struct ImportRow {
  ImportId id;
  TimePoint created_at;
  std::int64_t bytes = 0;
  bool done = false;
  bool undone = false;
};
std::optional<ImportRow> find_import(sqlite::Connection& db, ImportId id);
ImportId insert_import(sqlite::Connection& db, UserId by, TimePoint now);
void append_piece(sqlite::Connection& db, ImportId id, const Bytes& bytes);
// The whole file, as far as it came.
std::string load_file(sqlite::Connection& db, ImportId id);
// Forgets uploads that began before `before` and weren't carried out.
void delete_stale_imports(sqlite::Connection& db, TimePoint before);

void insert_import_account(sqlite::Connection& db, ImportId id, UserId user);
// The file is no longer needed and goes.
void finish_import(sqlite::Connection& db, ImportId id, TimePoint now);
void mark_undone(sqlite::Connection& db, ImportId id, TimePoint now);
// Those that were carried out, newest first.
std::vector<protocol::AdminUserImportList::Entry> load_imports(sqlite::Connection& db);

// The accounts of an import that are still there, by id, after `after`.
struct ImportedAccount {
  protocol::User user;
  bool was_here = false;  // signed in at least once
  bool waits = false;     // has no password and isn't disabled: an invite would be of use
  std::string email;
};
std::vector<ImportedAccount> load_import_accounts(sqlite::Connection& db, ImportId id, UserId after,
                                                  std::int64_t limit);

}  // namespace wardroom::store
