#pragma once

#include <span>
#include <string_view>

#include "common/sqlite/connection.hpp"

namespace wardroom::sqlite {

// One step of a schema. Numbers run from 1 without gaps; a released one is never edited.
struct Migration {
  int number;
  std::string_view name;
  std::string_view sql;
};

// Brings the database to the newest step, each step in a transaction of its own; PRAGMA user_version holds
// how far it is. Refuses a database that a newer program has made. Returns the steps that were taken.
Result<int> migrate(Connection& db, std::span<const Migration> migrations);

// 0 for an empty database.
Result<int> schema_version(Connection& db);

}  // namespace wardroom::sqlite
