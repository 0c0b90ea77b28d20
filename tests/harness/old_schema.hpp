#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "common/sqlite/migrations.hpp"
#include "schema/migrations.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::testing {

inline std::vector<std::string> texts_of(sqlite::Cursor row) {
  std::vector<std::string> texts;
  while (row.step()) texts.push_back(row.get<std::string>(0));
  return texts;
}

// Gives the database of a directory that nobody serves the schema of an earlier version: made by that
// version's own migrations, and filled with what of the present rows it has columns for. What an earlier
// program really wrote is in tests/golden/offices.
inline void turn_back_schema(const ops::DataDir& dir, int version) {
  const auto old = dir.root / "old.db";
  {
    auto db = sqlite::Connection::open(old, sqlite::Connection::Mode::read_write);
    REQUIRE(db);
    const auto steps = schema::migrations();
    REQUIRE((*db)->run_script("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF"));
    REQUIRE(sqlite::migrate(**db, steps.first(static_cast<std::size_t>(version))));
    REQUIRE((*db)->run("ATTACH ? AS newest", dir.database().string()));
    const auto tables = texts_of(
        (*db)->query("SELECT o.name FROM main.sqlite_schema o JOIN newest.sqlite_schema n ON n.name = o.name"
                     " WHERE o.type = 'table' AND o.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                     // An index that the server fills by itself.
                     " AND o.name NOT LIKE 'audit\\_text%' ESCAPE '\\'"));
    for (const auto& table : tables) {
      std::string columns;
      for (const auto& column :
           texts_of((*db)->query("SELECT o.name FROM pragma_table_info(?1, 'main') o"
                                 " JOIN pragma_table_info(?1, 'newest') n ON n.name = o.name",
                                 table)))
        columns += (columns.empty() ? "" : ", ") + column;
      INFO(table);
      REQUIRE((*db)->run_script("DELETE FROM main." + table + "; INSERT INTO main." + table + " (" + columns +
                                ") SELECT " + columns + " FROM newest." + table));
    }
    (*db)->run("DELETE FROM main.meta WHERE key = 'audit_text'");
    // Written by the seventh migration.
    if (version < 7) (*db)->run("DELETE FROM main.meta WHERE key = 'messages_v2_since'");
    REQUIRE_FALSE((*db)->failure());
  }
  for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(dir.database().string() + end);
  std::filesystem::rename(old, dir.database());
  std::filesystem::permissions(dir.database(),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace wardroom::testing
