#include "server/audit/pruning.hpp"

#include <vector>

#include "server/audit/text_index.hpp"

namespace wardroom::audit {
namespace {

// For good. The trigger audit_records_no_update has the same list, and so has evidence::is_never_pruned.
constexpr sqlite::SqlPiece kIsKept =
    "(type IN ('messages.committed', 'reactions.committed', 'audit.key_rotated', 'audit.pruned',"
    " 'audit.exported', 'audit.witness_added', 'audit.head_accepted', 'server.initialised',"
    " 'server.backup_restored',"
    " 'server.loss_accepted', 'server.clock_jump', 'server.clock_confirmed', 'room.created',"
    " 'room.kind_changed', 'room.archived', 'room.locked', 'room.unlocked', 'room.slow_mode',"
    " 'room.direct_changed', 'room.retention_changed', 'room.retention_applied', 'user.imported',"
    " 'user.file_imported', 'user.file_import_undone', 'user.offboarded', 'moderation.report_filed',"
    " 'moderation.report_resolved') OR type GLOB 'privacy.*' OR type GLOB 'retention.*')";

// As long as a row is there that says the same: without it nobody could tell the row from a forged one
// (evidence::check_tables). Of names and topics the newest is enough. What may go here goes in the log's
// order, so that what is left leads to the row; a hold would keep some in between, so while one stands all of
// these stay.
constexpr sqlite::SqlPiece kIsNeeded =
    "CASE WHEN type IN ('user.created', 'user.role_changed', 'user.disabled', 'user.enabled', 'user.deleted',"
    "  'room.member_added', 'room.member_removed', 'room.role_changed', 'auth.password.change_asked',"
    "  'auth.password.changed', 'auth.password.reset_issued', 'auth.totp.enrolled', 'auth.totp.removed',"
    "  'auth.recovery.used', 'auth.recovery.renewed', 'message.pinned', 'message.deleted',"
    "  'moderation.muted', 'moderation.unmuted', 'moderation.banned', 'moderation.unbanned')"
    "  AND EXISTS (SELECT 1 FROM holds WHERE lifted_at IS NULL) THEN 1"
    " WHEN type IN ('user.created', 'user.role_changed', 'user.disabled', 'user.enabled',"
    "  'room.member_added', 'room.member_removed', 'room.role_changed')"
    "  THEN EXISTS (SELECT 1 FROM users u WHERE u.id = audit_records.target_user AND u.removed = 0)"
    " WHEN type = 'user.renamed' THEN EXISTS (SELECT 1 FROM users u WHERE u.id = audit_records.target_user"
    "  AND u.removed = 0) AND NOT EXISTS (SELECT 1 FROM audit_records n WHERE n.type = 'user.renamed'"
    "  AND n.idx > audit_records.idx AND +n.target_user IS audit_records.target_user)"
    " WHEN type IN ('room.renamed', 'room.topic_changed') THEN NOT EXISTS (SELECT 1 FROM audit_records n"
    "  WHERE n.type = audit_records.type AND n.idx > audit_records.idx"
    "  AND +n.room_id IS audit_records.room_id)"
    " WHEN type = 'auth.password.change_asked' THEN EXISTS (SELECT 1 FROM users u"
    "  WHERE u.id = audit_records.target_user AND u.must_change = 1)"
    " WHEN type = 'session.created' THEN EXISTS (SELECT 1 FROM sessions s"
    "  WHERE s.id = json_extract(line, '$.target.id') AND s.revoked_at IS NULL)"
    " WHEN type = 'invite.created' THEN EXISTS (SELECT 1 FROM invites i"
    "  WHERE i.id = json_extract(line, '$.target.id') AND i.used_at IS NULL AND i.revoked_at IS NULL)"
    " WHEN type = 'auth.password.reset_issued' THEN EXISTS (SELECT 1 FROM invites i"
    "  WHERE i.user_id = audit_records.target_user AND i.used_at IS NULL AND i.revoked_at IS NULL)"
    " WHEN type IN ('auth.totp.enrolled', 'auth.recovery.used', 'auth.recovery.renewed')"
    "  THEN EXISTS (SELECT 1 FROM second_factors f WHERE f.confirmed_at IS NOT NULL"
    "  AND f.user_id IN (audit_records.target_user, audit_records.actor_id))"
    " WHEN type IN ('moderation.muted', 'moderation.banned') THEN EXISTS (SELECT 1 FROM sanctions s"
    "  WHERE s.lifted_at IS NULL AND s.user_id = audit_records.target_user"
    "  AND s.room_id IS audit_records.room_id AND s.kind = iif(type = 'moderation.muted', 'mute', 'ban'))"
    " WHEN type = 'message.pinned' THEN EXISTS (SELECT 1 FROM messages m"
    "  WHERE m.room_id = audit_records.room_id AND m.seq = json_extract(line, '$.target.id')"
    "  AND m.pinned IS NOT NULL)"
    " ELSE 0 END";

// Who acted, whom it was about, who wrote the message it was about, and where.
constexpr sqlite::SqlPiece kIsOnHold =
    "EXISTS (SELECT 1 FROM holds h WHERE h.lifted_at IS NULL AND (h.user_id = audit_records.actor_id"
    " OR h.room_id = audit_records.room_id OR (h.user_id = json_extract(line, '$.target.id')"
    " AND json_extract(line, '$.target.type') = 'user')"
    " OR h.user_id = json_extract(line, '$.before.author')"
    " OR h.user_id = json_extract(line, '$.after.author')))";

}  // namespace

// What is needed goes in the log's order. Times don't: a clock that was ahead left young ones before older
// ones. So pruning ends at the first record that is too young.
Prunable count_prunable(sqlite::Connection& db, TimePoint before) {
  static constexpr auto kCount =
      sqlite::SqlPiece(
          "SELECT coalesce(sum(NOT kept AND NOT held), 0), coalesce(sum(kept OR held), 0),"
          " coalesce(sum(held), 0), coalesce(min(iif(NOT kept AND NOT held, idx, NULL)), 0),"
          " coalesce(max(iif(NOT kept AND NOT held, idx, NULL)), -1) FROM (SELECT idx, ") +
      kIsKept + " OR " + kIsNeeded + " AS kept, NOT " + kIsKept + " AND NOT " + kIsNeeded + " AND " +
      kIsOnHold + " AS held FROM audit_records WHERE at < ?1 AND line <> ''" +
      " AND idx < (SELECT coalesce(min(idx), 9e18) FROM audit_records WHERE at >= ?1))";
  auto row = db.query(kCount, before);
  if (!row.step()) return {};
  return {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
          row.get<std::int64_t>(3), row.get<std::int64_t>(4)};
}

PrunedRange prune_records(sqlite::Connection& db, std::int64_t first, std::int64_t last, TimePoint before) {
  static constexpr auto kFind =
      sqlite::SqlPiece(
          "SELECT idx FROM audit_records WHERE idx BETWEEN ?1 AND ?2 AND at < ?3 AND line <> ''"
          " AND idx < (SELECT coalesce(min(idx), 9e18) FROM audit_records"
          "  WHERE idx BETWEEN ?1 AND ?2 AND at >= ?3)") +
      " AND NOT " + kIsKept + " AND NOT " + kIsNeeded + " AND NOT " + kIsOnHold + " ORDER BY idx";
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
