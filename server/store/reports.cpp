#include "server/store/reports.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "server/store/users.hpp"

namespace wardroom::store {

using namespace protocol;

namespace {

std::vector<UserId> read_ids(sqlite::Cursor row) {
  std::vector<UserId> ids;
  while (row.step()) ids.push_back(row.get<UserId>(0));
  return ids;
}

std::optional<User> find_known(sqlite::Connection& db, std::optional<UserId> id) {
  if (!id) return std::nullopt;
  auto users = load_users(db, {*id});
  return users.empty() ? std::nullopt : std::optional(std::move(users.front()));
}

// The people stay out: their names are looked up when the row's statement is done.
struct StoredReport {
  Report report;
  UserId reporter;
  std::optional<UserId> resolved_by;
  std::size_t bytes = 0;
};

StoredReport read_report(const sqlite::Cursor& row) {
  StoredReport stored;
  Report& r = stored.report;
  r.id = row.get<ReportId>(0);
  r.room = row.get<RoomId>(1);
  r.seq = row.get<Seq>(2);
  stored.reporter = row.get<UserId>(3);
  r.reason = row.get<std::string>(4);
  r.at = row.get<TimePoint>(5);
  const auto text = row.get<std::string_view>(6);
  stored.bytes = text.size();
  if (const auto json = parse_json(text))
    if (auto evidence = decode<Evidence>(*json, "evidence")) r.evidence = std::move(*evidence);
  r.evidence_hash = to_hex(row.get<Bytes>(7));
  if (const auto resolution = row.get<std::optional<std::string>>(8)) {
    r.open = false;
    r.resolution = parse_enum<Resolution>(*resolution).value_or(Resolution::other);
  }
  stored.resolved_by = row.get<std::optional<UserId>>(9);
  r.resolved_at = row.get<std::optional<TimePoint>>(10);
  r.resolution_reason = row.get<std::optional<std::string>>(11);
  if (row.get<bool>(12)) r.erased = true;
  if (const auto salt = row.get<std::optional<Bytes>>(13); salt && !salt->empty())
    r.evidence_salt = to_hex(*salt);
  return stored;
}

}  // namespace

ReportId insert_report(sqlite::Connection& db, const NewReport& r, TimePoint now) {
  db.run(
      "INSERT INTO reports (room_id, seq, author_id, reporter_id, reason, at, evidence, evidence_salt, "
      "evidence_hash) VALUES (?,?,?,?,?,?,?,?,?)",
      r.room, r.seq, r.author, r.reporter, r.reason, now, r.evidence, r.evidence_salt, r.evidence_hash);
  return ReportId{db.last_insert_id()};
}

std::optional<ReportId> find_report(sqlite::Connection& db, RoomId room, Seq seq, UserId reporter) {
  return db.find<ReportId>("SELECT id FROM reports WHERE room_id = ? AND seq = ? AND reporter_id = ?", room,
                           seq, reporter);
}

std::optional<ReportRow> find_report(sqlite::Connection& db, ReportId id) {
  auto row = db.query(
      "SELECT room_id, seq, author_id, reporter_id, resolution IS NULL FROM reports WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return ReportRow{row.get<RoomId>(0), row.get<Seq>(1), row.get<UserId>(2), row.get<UserId>(3),
                   row.get<bool>(4)};
}

void resolve_report(sqlite::Connection& db, ReportId id, Resolution resolution, UserId by,
                    std::string_view reason, TimePoint now) {
  db.run(
      "UPDATE reports SET resolution = ?, resolved_by = ?, resolution_reason = ?, resolved_at = ? WHERE id = "
      "?",
      enum_name(resolution), by, reason, now, id);
}

void reopen_report(sqlite::Connection& db, ReportId id) {
  db.run(
      "UPDATE reports SET resolution = NULL, resolved_by = NULL, resolution_reason = NULL, resolved_at = NULL"
      " WHERE id = ?",
      id);
}

ReportPage load_reports(sqlite::Connection& db, const ReportScope& scope, std::optional<bool> open,
                        std::optional<ReportId> before, std::int64_t limit) {
  ReportPage page;
  std::vector<StoredReport> stored;
  {
    auto row = db.query(
        "SELECT id, room_id, seq, reporter_id, reason, at, evidence, evidence_hash, resolution, resolved_by,"
        " resolved_at, resolution_reason, erased, evidence_salt FROM reports WHERE (?1 IS NULL OR id < ?1)"
        " AND (?2 IS NULL OR (resolution IS NULL) = ?2) AND (?3 OR author_id <> ?5)"
        " AND (?4 OR room_id IN (SELECT room_id FROM members WHERE user_id = ?5 AND role = 'moderator'))"
        " ORDER BY id DESC LIMIT ?6",
        before, open, scope.own_messages, scope.whole_office, scope.reader, limit + 1);
    std::size_t bytes = 0;
    while (!page.more && row.step()) {
      auto next = read_report(row);
      bytes += next.bytes;
      page.more = static_cast<std::int64_t>(stored.size()) == limit ||
                  (!stored.empty() && bytes > kMaxReportPageBytes);
      if (!page.more) stored.push_back(std::move(next));
    }
  }
  for (auto& [report, reporter, resolved_by, size] : stored) {
    if (auto user = find_known(db, reporter)) report.reporter = std::move(*user);
    report.resolved_by = find_known(db, resolved_by);
    page.reports.push_back(std::move(report));
  }
  return page;
}

std::int64_t count_open_reports(sqlite::Connection& db, const ReportScope& scope) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM reports WHERE resolution IS NULL AND (?1 OR author_id <> ?3)"
          " AND (?2 OR room_id IN (SELECT room_id FROM members WHERE user_id = ?3 AND role = 'moderator'))",
          scope.own_messages, scope.whole_office, scope.reader)
      .value_or(0);
}

std::vector<UserId> load_people_of_role(sqlite::Connection& db, Role role) {
  return read_ids(
      db.query("SELECT id FROM users WHERE role = ? AND disabled = 0 AND imported = 0", enum_name(role)));
}

std::vector<UserId> load_room_moderators(sqlite::Connection& db, RoomId room) {
  return read_ids(
      db.query("SELECT m.user_id FROM members m JOIN users u ON u.id = m.user_id"
               " WHERE m.room_id = ? AND m.role = 'moderator' AND u.disabled = 0 AND u.role <> 'guest'",
               room));
}

}  // namespace wardroom::store
