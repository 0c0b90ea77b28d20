#include "server/audit/last_check.hpp"

#include "protocol/json_text.hpp"

namespace wardroom::audit {
namespace {

std::int64_t number(const boost::json::object& details, std::string_view name) {
  const auto* value = details.if_contains(name);
  const auto* number = value ? value->if_int64() : nullptr;
  return number ? *number : 0;
}

}  // namespace

std::optional<LastCheck> load_last_check(sqlite::Connection& db) {
  auto row = db.query(
      "SELECT idx, at, line FROM audit_records WHERE type = 'server.integrity_checked' ORDER BY idx DESC "
      "LIMIT 1");
  if (!row.step()) return std::nullopt;
  const auto line = protocol::parse_json(row.get<std::string_view>(2));
  const auto* record = line ? line->if_object() : nullptr;
  const auto* after = record ? record->if_contains("after") : nullptr;
  const auto* details = after ? after->if_object() : nullptr;
  if (!details || !details->contains("covered")) return std::nullopt;
  const auto* covered = details->at("covered").if_array();
  return LastCheck{row.get<AuditIndex>(0),
                   row.get<TimePoint>(1),
                   number(*details, "findings"),
                   number(*details, "unproven"),
                   std::chrono::seconds{number(*details, "seconds")},
                   covered && !covered->empty()};
}

}  // namespace wardroom::audit
