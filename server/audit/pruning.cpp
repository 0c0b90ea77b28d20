#include "server/audit/pruning.hpp"

#include <vector>

#include "server/audit/text_index.hpp"

namespace wardroom::audit {
namespace {

// The trigger audit_records_no_update has the same list.
constexpr sqlite::SqlPiece kIsKept =
    "(type IN ('messages.committed', 'reactions.committed', 'audit.key_rotated', 'audit.pruned',"
    " 'server.initialised', 'server.backup_restored', 'room.retention_changed', 'room.retention_applied')"
    " OR type GLOB 'privacy.*' OR type GLOB 'retention.*')";

// Who acted, whom it was about, who wrote the message it was about, and where.
constexpr sqlite::SqlPiece kIsOnHold =
    "EXISTS (SELECT 1 FROM holds h WHERE h.lifted_at IS NULL AND (h.user_id = audit_records.actor_id"
    " OR h.room_id = audit_records.room_id OR (h.user_id = json_extract(line, '$.target.id')"
    " AND json_extract(line, '$.target.type') = 'user')"
    " OR h.user_id = json_extract(line, '$.before.author')"
    " OR h.user_id = json_extract(line, '$.after.author')))";

}  // namespace

Prunable count_prunable(sqlite::Connection& db, TimePoint before) {
  static constexpr auto kCount =
      sqlite::SqlPiece(
          "SELECT coalesce(sum(NOT kept AND NOT held), 0), coalesce(sum(kept OR held), 0),"
          " coalesce(sum(held), 0), coalesce(min(iif(NOT kept AND NOT held, idx, NULL)), 0),"
          " coalesce(max(iif(NOT kept AND NOT held, idx, NULL)), -1) FROM (SELECT idx, ") +
      kIsKept + " AS kept, NOT " + kIsKept + " AND " + kIsOnHold +
      " AS held FROM audit_records WHERE at < ? AND line <> '')";
  auto row = db.query(kCount, before);
  if (!row.step()) return {};
  return {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
          row.get<std::int64_t>(3), row.get<std::int64_t>(4)};
}

PrunedRange prune_records(sqlite::Connection& db, std::int64_t first, std::int64_t last, TimePoint before) {
  static constexpr auto kFind =
      sqlite::SqlPiece("SELECT idx FROM audit_records WHERE idx BETWEEN ? AND ? AND at < ? AND line <> ''") +
      " AND NOT " + kIsKept + " AND NOT " + kIsOnHold + " ORDER BY idx";
  std::vector<AuditIndex> found;
  {
    auto row = db.query(kFind, first, last, before);
    while (row.step()) found.push_back(row.get<AuditIndex>(0));
  }
  for (const AuditIndex idx : found) {
    forget_text(db, idx);
    db.run(
        "UPDATE audit_records SET line = '', actor_id = NULL, room_id = NULL, target_user = NULL,"
        " address = NULL WHERE idx = ?",
        idx);
  }
  if (found.empty()) return {};
  return {static_cast<std::int64_t>(found.size()), found.front().value, found.back().value};
}

}  // namespace wardroom::audit
