#include "server/app/piecewise_check.hpp"

#include "common/base/utf8.hpp"

namespace wardroom::app {
namespace {

constexpr std::size_t kMostFindings = 10, kMostBytes = 300;

// Values out of tables that somebody changed may be no text.
std::string to_text(std::string text) {
  if (!is_valid_utf8(text))
    for (char& c : text)
      if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  return std::string(truncate_utf8(text, kMostBytes));
}

std::vector<std::string> first_of(const std::vector<std::string>& findings) {
  std::vector<std::string> first;
  for (std::size_t i = 0; i < findings.size() && i < kMostFindings; ++i)
    first.push_back(to_text(findings[i]));
  return first;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

PiecewiseCheck::PiecewiseCheck() : log_(std::move(*evidence::DatabaseCheck::make({}))) {}

// The next table's pages, and where its rows point to.
bool PiecewiseCheck::check_table(sqlite::Connection& db) {
  const auto next = db.find<std::string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name > ? ORDER BY name LIMIT "
      "1",
      table_);
  if (!next) return false;
  table_ = *next;
  ++tables_;
  const auto quick = db.find<std::string>("SELECT * FROM pragma_quick_check(?)", table_);
  if (quick && quick != "ok") outcome_.add("SQLite finds damage in the table " + table_ + ": " + *quick);
  if (db.find<std::int64_t>("SELECT 1 FROM pragma_foreign_key_check(?) LIMIT 1", table_))
    outcome_.add("A row of the table " + table_ + " points to one that isn't there (foreign key).");
  return true;
}

// The next room's counters.
bool PiecewiseCheck::check_room(sqlite::Connection& db) {
  auto row = db.query(
      "SELECT id, count <> removed + (SELECT count(*) FROM messages m WHERE m.room_id = r.id)"
      " OR seq < (SELECT coalesce(max(m.seq), 0) FROM messages m WHERE m.room_id = r.id)"
      " FROM rooms r WHERE id > ? ORDER BY id LIMIT 1",
      room_);
  if (!row.step()) return false;
  room_ = row.get<std::int64_t>(0);
  ++rooms_;
  if (row.get<bool>(1))
    outcome_.add("The counters of room " + std::to_string(room_) + " don't agree with its messages.");
  return true;
}

Result<bool> PiecewiseCheck::step(sqlite::Connection& db) {
  Result<bool> more = false;
  switch (part_) {
    case Part::tables:
      more = check_table(db);
      break;
    case Part::rooms:
      more = check_room(db);
      break;
    case Part::log:
      more = log_->step(db);
      break;
    case Part::replay:
      more = replay_.step(db);
      break;
    case Part::done:
      return false;
  }
  if (!more) return more;
  if (db.failure()) return *db.failure();
  if (!*more) part_ = static_cast<Part>(static_cast<int>(part_) + 1);
  return part_ != Part::done;
}

Result<CheckOutcome> PiecewiseCheck::finish(sqlite::Connection& db) {
  for (;;) {
    const auto more = step(db);
    if (!more) return more.error();
    if (!*more) break;
  }
  const auto log = log_->finish(db);
  if (!log) return log.error();
  const auto tables = replay_.finish(db);
  if (!tables) return tables.error();
  outcome_.records = log->size;
  outcome_.wrong += log->wrong + tables->wrong;
  outcome_.unproven = log->unproven + tables->unproven;
  append(outcome_.findings, log->findings);
  append(outcome_.findings, tables->findings);
  outcome_.covered = {"pages of " + std::to_string(tables_) + " tables, and where their rows point to",
                      "counters of " + std::to_string(rooms_) + " rooms",
                      "audit log: " + std::to_string(log->size) + " records, " + std::to_string(log->pruned) +
                          " of them pruned"};
  append(outcome_.covered, log->confirmed);
  append(outcome_.covered, tables->confirmed);
  outcome_.not_proven = log->doubts;
  append(outcome_.not_proven, tables->not_proven);
  outcome_.not_proven.push_back(
      "files: that their bytes are still those that were sent (wardroomd check reads them)");
  outcome_.not_proven.push_back("indexes: that each row stands in each of them");
  outcome_.not_proven.push_back(
      "keys: that passwords and second factors were sealed with keys/seal.key, and that the log extends "
      "keys/newest-head (each start looks at that, and wardroomd check at both)");
  return outcome_;
}

audit::Record describe_check(const CheckOutcome& outcome, std::chrono::seconds took) {
  audit::Record record{.type = audit::Type::integrity_checked};
  const auto found = first_of(outcome.findings);
  if (!outcome.is_sound()) {
    record.outcome = audit::Outcome::failure;
    record.reason = found.empty()
                        ? "Nothing is wrong, but not all is proven: " + std::to_string(outcome.unproven) +
                              " rows, states of messages or times."
                        : found.front();
  }
  record.after = {{"records", outcome.records},   {"findings", outcome.wrong},
                  {"unproven", outcome.unproven}, {"seconds", took.count()},
                  {"covered", outcome.covered},   {"not_proven", outcome.not_proven}};
  if (!found.empty()) record.after.add("found", found);
  return record;
}

}  // namespace wardroom::app
