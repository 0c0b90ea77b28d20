#include "common/evidence/tables/schema_match.hpp"

#include <map>

#include "common/sqlite/migrations.hpp"
#include "schema/fresh.hpp"
#include "schema/migrations.hpp"

namespace wardroom::evidence {
namespace {

// By kind and name, the statement that makes it.
std::map<std::string, std::string> load_parts(sqlite::Connection& db) {
  std::map<std::string, std::string> parts;
  // sqlite_stat…: what ANALYZE leaves.
  auto row = db.query(
      "SELECT type || ' ' || name, tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema"
      " WHERE name NOT GLOB 'sqlite_stat*'");
  while (row.step()) parts.emplace(row.get<std::string>(0), row.get<std::string>(1));
  return parts;
}

}  // namespace

Result<void> match_schema(sqlite::Connection& db, TablesReport& report) {
  const auto version = sqlite::schema_version(db);
  if (!version) return version.error();
  const auto newest = static_cast<int>(schema::migrations().size());
  if (*version < newest)
    return make_error(
        ErrorCode::conflict,
        "The database has schema version " + std::to_string(*version) +
            ", and this program compares tables of version " + std::to_string(newest) +
            ". Start the server once, which brings it up to date, or use the program of its version.",
        "schema_too_old");
  const auto fresh = schema::make_fresh(*version);
  if (!fresh) return fresh.error();
  auto expected = load_parts(**fresh);
  if ((*fresh)->failure()) return *(*fresh)->failure();
  const auto parts = load_parts(db);
  for (const auto& [name, made] : parts) {
    const auto found = expected.find(name);
    if (found == expected.end())
      report.add("schema: the " + name + " belongs to no version of Wardroom.");
    else if (found->second != made)
      report.add("schema: the " + name + " isn't as version " + std::to_string(*version) + " makes it.");
    if (found != expected.end()) expected.erase(found);
  }
  for (const auto& [name, made] : expected) report.add("schema: the " + name + " is missing.");
  report.confirmed.push_back("schema: " + std::to_string(parts.size()) +
                             " tables, indexes, triggers and views against version " +
                             std::to_string(*version));
  return ok();
}

}  // namespace wardroom::evidence
