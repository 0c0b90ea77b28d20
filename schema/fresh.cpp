#include "schema/fresh.hpp"

#include "schema/migrations.hpp"

namespace wardroom::schema {

Result<std::unique_ptr<sqlite::Connection>> make_fresh(int version) {
  const auto known = migrations();
  if (version < 1 || version > static_cast<int>(known.size()))
    return make_error(ErrorCode::conflict,
                      "The database has schema version " + std::to_string(version) +
                          ", which this program doesn't know. Use the program of the server that wrote it.",
                      "schema_unknown");
  auto db = sqlite::Connection::open(":memory:", sqlite::Connection::Mode::read_write);
  if (!db) return db;
  if (auto made = sqlite::migrate(**db, known.first(static_cast<std::size_t>(version))); !made)
    return made.error();
  return db;
}

}  // namespace wardroom::schema
