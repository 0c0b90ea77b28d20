#include "common/evidence/tables_check.hpp"

#include "common/evidence/tables/decisions.hpp"
#include "common/evidence/tables/files.hpp"
#include "common/evidence/tables/log_tables.hpp"
#include "common/evidence/tables/messages.hpp"
#include "common/evidence/tables/people.hpp"
#include "common/evidence/tables/reactions.hpp"
#include "common/evidence/tables/rooms.hpp"
#include "common/evidence/tables/schema_match.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::evidence {
namespace {

// Of these no record says enough, so that nothing could be compared. Named at every check.
constexpr const char* kBeyondTheLog[] = {
    "users: passwords; the secrets of second_factors and recovery_codes",
    "sessions and invites: where and when they were used, what an invite's reset says, that an open invite "
    "was ended",
    "members: joined_at, what was read; rooms: counters",
    "of what was made by an earlier version: display names, e-mail addresses and topics until they are first "
    "changed, hashes of tokens, when a session expires, from where on a room shows its history",
    "messages: order of changes and of pins",
    "files: their types, when an upload began, uploads that aren't complete",
    "reactions: order of the emoji; devices, what witnesses cosigned last, meta, and the index for searches "
    "(audit_text)"};

constexpr std::int64_t kRecordsAtOnce = 2000;

}  // namespace

class TablesCheck::Replay {
 public:
  void take(std::int64_t idx, std::string_view type, std::string_view line, TablesReport& report) {
    if (line.empty()) {
      people_.note_pruned(idx, type);
      rooms_.note_pruned(idx, type);
      log_tables_.note_pruned(idx, type);
      return decisions_.note_pruned(idx, type);
    }
    const auto act = Act::parse(line);
    // check_database() says the same of a line that isn't a record.
    if (!act) return report.add("audit_records, " + std::to_string(idx) + ": its line isn't a record.");
    if (!act->succeeded()) return;
    people_.take(*act);
    rooms_.take(*act);
    decisions_.take(*act);
    log_tables_.take(*act);
    messages_.take(*act);
    reactions_.take(*act);
    files_.take(*act);
  }
  bool check_messages(sqlite::Connection& db, TablesReport& report) { return messages_.step(db, report); }
  void compare(sqlite::Connection& db, TablesReport& report) {
    messages_.compare(db, report);
    reactions_.compare(db, report);
    files_.compare(db, report);
    people_.compare(db, report);
    rooms_.compare(db, report);
    decisions_.compare(db, report);
    log_tables_.compare(db, report);
  }

 private:
  PeopleReplay people_;
  RoomsReplay rooms_;
  DecisionsReplay decisions_;
  LogTablesReplay log_tables_;
  MessagesCheck messages_;
  ReactionsCheck reactions_;
  FilesCheck files_;
};

TablesCheck::TablesCheck() : replay_(std::make_unique<Replay>()) {}
TablesCheck::~TablesCheck() = default;

// The next records; false when none is left.
bool TablesCheck::replay(sqlite::Connection& db) {
  const auto size = db.find<std::int64_t>("SELECT max(idx) + 1 FROM audit_records").value_or(0);
  const std::int64_t end = std::min(size, next_record_ + kRecordsAtOnce);
  // Heartbeats and readings change no table, and are most of a quiet office's log.
  auto row = db.query(
      "SELECT idx, type, line FROM audit_records WHERE idx >= ? AND idx < ?"
      " AND type NOT IN ('audit.heartbeat', 'audit.queried') ORDER BY idx",
      next_record_, end);
  while (row.step())
    replay_->take(row.get<std::int64_t>(0), row.get<std::string_view>(1), row.get<std::string_view>(2),
                  report_);
  next_record_ = std::max(next_record_, end);
  return end < size;
}

Result<void> TablesCheck::begin(sqlite::Connection& db) {
  if (std::exchange(has_begun_, true)) return ok();
  return match_schema(db, report_);
}

Result<bool> TablesCheck::step(sqlite::Connection& db) {
  if (auto begun = begin(db); !begun) return begun.error();
  const bool more = replay(db) || replay_->check_messages(db, report_);
  if (db.failure()) return *db.failure();
  return more;
}

Result<TablesReport> TablesCheck::finish(sqlite::Connection& db) {
  if (auto begun = begin(db); !begun) return begun.error();
  while (replay(db)) {
  }
  replay_->compare(db, report_);
  if (db.failure()) return *db.failure();
  for (const char* what : kBeyondTheLog) report_.not_proven.push_back(what);
  return report_;
}

void check_pages(sqlite::Connection& db, TablesReport& report) {
  std::int64_t found = 0;
  {
    auto row = db.query("PRAGMA integrity_check(10)");
    while (row.step()) {
      const auto said = row.get<std::string>(0);
      if (said == "ok") return report.confirmed.push_back("pages, and each index with its table");
      report.add("SQLite finds damage: " + said);
      ++found;
    }
  }
  if (found == 0)
    report.add("SQLite can't check the file: " + (db.failure() ? db.failure()->message : "no answer"));
  db.clear_error();
}

Result<TablesReport> check_tables(sqlite::Connection& db) {
  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  return TablesCheck().finish(db);
}

}  // namespace wardroom::evidence
