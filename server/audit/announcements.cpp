#include "server/audit/announcements.hpp"

#include "protocol/json_text.hpp"
#include "server/store/users.hpp"

namespace wardroom::audit {

std::optional<LastAnnouncement> load_last_announcement(sqlite::Connection& db) {
  auto row = db.query(
      "SELECT idx, at, actor_id, line FROM audit_records WHERE type = 'announcement.made' ORDER BY idx DESC "
      "LIMIT 1");
  if (!row.step()) return std::nullopt;
  const auto line = protocol::parse_json(row.get<std::string_view>(3));
  const auto* record = line ? line->if_object() : nullptr;
  const auto* after = record ? record->if_contains("after") : nullptr;
  const auto* details = after ? after->if_object() : nullptr;
  const auto* text = details ? details->if_contains("text") : nullptr;
  const auto* must = details ? details->if_contains("must_acknowledge") : nullptr;
  const auto* lasts = details ? details->if_contains("ends_in_s") : nullptr;
  if (!text || !text->is_string() || !must || !must->is_bool() || !lasts || !lasts->is_int64())
    return std::nullopt;
  LastAnnouncement last;
  last.announcement = {row.get<AuditIndex>(0), std::string(text->get_string()), must->get_bool(),
                       row.get<TimePoint>(1),
                       row.get<TimePoint>(1) + std::chrono::seconds{lasts->get_int64()}};
  last.by = row.get<UserId>(2);
  last.is_ended =
      db.find<std::int64_t>("SELECT 1 FROM audit_records WHERE type = 'announcement.ended' AND idx > ?",
                            last.announcement.id)
          .has_value();
  return last;
}

std::optional<protocol::Announcement> load_announcement(sqlite::Connection& db, TimePoint now) {
  auto last = load_last_announcement(db);
  if (!last || last->is_ended || now >= last->announcement.until) return std::nullopt;
  return std::move(last->announcement);
}

bool is_acknowledged(sqlite::Connection& db, AuditIndex id, UserId user) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM audit_records WHERE type = 'announcement.acknowledged' AND idx > ? AND actor_id = ?",
          id, user)
      .has_value();
}

std::int64_t count_acknowledgements(sqlite::Connection& db, AuditIndex id) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM audit_records WHERE type = 'announcement.acknowledged' AND idx > ?", id)
      .value_or(0);
}

std::int64_t count_people(sqlite::Connection& db) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM users WHERE removed = 0 AND disabled = 0 AND imported = 0"
          " AND length(password) > 0")
      .value_or(0);
}

std::vector<protocol::AdminAnnounceStatus::Entry> load_acknowledgements(sqlite::Connection& db, AuditIndex id,
                                                                        std::optional<bool> missing,
                                                                        std::string_view after,
                                                                        std::int64_t limit) {
  std::vector<protocol::AdminAnnounceStatus::Entry> entries;
  auto row = db.query(
      "SELECT u.id, u.name, u.display_name, u.role, a.at FROM users u LEFT JOIN"
      " (SELECT actor_id, min(at) AS at FROM audit_records WHERE type = 'announcement.acknowledged'"
      "  AND idx > ? GROUP BY actor_id) a ON a.actor_id = u.id"
      " WHERE u.removed = 0 AND u.disabled = 0 AND u.imported = 0 AND length(u.password) > 0 AND u.name > ?"
      " AND (? IS NULL OR (a.at IS NULL) = ?) ORDER BY u.name LIMIT ?",
      id, after, missing, missing, limit);
  while (row.step()) entries.push_back({store::read_user(row), row.get<std::optional<TimePoint>>(4)});
  return entries;
}

}  // namespace wardroom::audit
