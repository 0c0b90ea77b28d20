#include "server/store/exports.hpp"

#include "protocol/codec.hpp"

namespace wardroom::store {

using protocol::AuditExport;
using protocol::ExportId;

std::optional<ExportRow> find_export(sqlite::Connection& db, ExportId id) {
  auto row = db.query("SELECT id, by_id, at, scope, size, first, last FROM exports WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  const auto json = protocol::parse_json(row.get<std::string_view>(3));
  auto scope = json ? protocol::decode<AuditExport::Params>(*json, "scope") : json.error();
  if (!scope) return std::nullopt;
  return ExportRow{row.get<ExportId>(0),     row.get<UserId>(1),     row.get<TimePoint>(2), std::move(*scope),
                   row.get<std::int64_t>(4), row.get<AuditIndex>(5), row.get<AuditIndex>(6)};
}

ExportId insert_export(sqlite::Connection& db, const ExportRow& row) {
  db.run("INSERT INTO exports (by_id, at, scope, size, first, last) VALUES (?,?,?,?,?,?)", row.by, row.at,
         protocol::encode(row.scope), row.size, row.first, row.last);
  return ExportId{db.last_insert_id()};
}

}  // namespace wardroom::store
