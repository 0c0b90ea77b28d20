#include "common/sqlite/migrations.hpp"

namespace wardroom::sqlite {

Result<int> schema_version(Connection& db) {
  const auto version = db.find<std::int64_t>("PRAGMA user_version");
  if (db.failure()) return *db.failure();
  return static_cast<int>(version.value_or(0));
}

Result<int> migrate(Connection& db, std::span<const Migration> migrations) {
  const auto version = schema_version(db);
  if (!version) return version.error();
  const int newest = static_cast<int>(migrations.size());
  if (*version > newest)
    return make_error(ErrorCode::conflict,
                      "The database has schema version " + std::to_string(*version) +
                          "; this program knows versions up to " + std::to_string(newest) +
                          ". Install the newer program again, or restore a backup.",
                      "schema_too_new");
  for (int i = *version; i < newest; ++i) {
    const Migration& step = migrations[static_cast<std::size_t>(i)];
    // user_version is part of the database header and so of the transaction.
    std::string script = "BEGIN IMMEDIATE;";
    script += step.sql;
    script += ";PRAGMA user_version = " + std::to_string(i + 1) + ";COMMIT";
    if (auto done = db.run_script(script); !done) {
      Error error = done.error();
      db.clear_error();
      if (db.in_transaction()) db.run("ROLLBACK");
      error.message = "Migration " + std::to_string(step.number) + " (" + std::string(step.name) +
                      ") failed: " + error.message;
      return error;
    }
  }
  return newest - *version;
}

}  // namespace wardroom::sqlite
