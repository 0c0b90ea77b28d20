#include "server/app/backup_job.hpp"

#include "common/base/target_file.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/audit/log.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

using Act = LocalQuestion::Act;

LocalQuestion begun(const std::filesystem::path& to) {
  return {.act = Act::backup_begun, .to = to.string()};
}

LocalQuestion ended(const std::filesystem::path& to, const Result<ops::BackupSummary>& written) {
  LocalQuestion question{.act = Act::backup_ended, .to = to.string()};
  if (written) {
    question.records = written->records;
    question.bytes = static_cast<std::int64_t>(written->bytes);
    question.sha256 = written->sha256;
  } else {
    question.failure = written.error().message;
  }
  return question;
}

Result<void> append_offline(sqlite::Connection& db, const LocalQuestion& question, TimePoint now) {
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  for (const auto& record : backup_records(question)) audit::append_record(tx, record);
  return transaction.commit();
}

// `tell` has the records of a question written. A name that is never written to is a slip of the person who
// typed it, and no backup; a folder that is gone is a failure on record: a nightly backup has nobody who
// reads its complaint.
template <class Tell>
Result<ops::BackupSummary> back_up(const ops::DataDir& dir, const std::filesystem::path& to,
                                   const std::optional<Digest>& recipient, Tell tell) {
  const auto checked = check_target(to);
  if (!checked && checked.error().reason == "target_refused") return checked.error();
  const auto place = std::filesystem::absolute(to);
  auto written = [&]() -> Result<ops::BackupSummary> {
    if (!checked) return checked.error();
    if (auto told = tell(begun(place)); !told) return told.error();
    return ops::write_backup(dir, place, recipient);
  }();
  if (auto told = tell(ended(place, written)); !told && written) return told.error();
  return written;
}

}  // namespace

std::vector<audit::Record> backup_records(const LocalQuestion& question) {
  const bool is_begun = question.act == Act::backup_begun;
  audit::Record record{.type = is_begun ? audit::Type::backup_begun : audit::Type::backup_created};
  record.after = {{"to", question.to}};
  if (is_begun) return {record};
  if (question.failure) {
    record.outcome = audit::Outcome::failure;
    record.reason = *question.failure;
    return {record};
  }
  audit::Record verified{.type = audit::Type::backup_verified};
  verified.after = {{"records", question.records}, {"bytes", question.bytes}, {"sha256", question.sha256}};
  return {record, verified};
}

LastBackup find_last_backup(sqlite::Connection& db) {
  LastBackup last;
  last.verified = db.find<TimePoint>(
      "SELECT at FROM audit_records WHERE type = 'server.backup_verified' AND outcome = 'success'"
      " ORDER BY idx DESC LIMIT 1");
  const auto tried = db.find<std::string>(
      "SELECT outcome FROM audit_records WHERE type IN ('server.backup_created', 'server.backup_verified')"
      " ORDER BY idx DESC LIMIT 1");
  last.failed = tried && *tried != "success";
  return last;
}

std::optional<TimePoint> find_checked(sqlite::Connection& db, const std::string& sha256) {
  return db.find<TimePoint>(
      "SELECT at FROM audit_records WHERE type = 'server.backup_verified' AND outcome = 'success'"
      " AND instr(line, ?) > 0 ORDER BY idx DESC LIMIT 1",
      "\"sha256\":\"" + sha256 + "\"");
}

audit::Record clock_confirmed_record(const std::string& reason, std::chrono::milliseconds by) {
  audit::Record record{.type = audit::Type::clock_confirmed};
  record.reason = reason;
  record.after = {{"by_ms", by.count()}};
  return record;
}

Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           TimePoint now, const std::optional<Digest>& recipient) {
  auto db = open_upgraded(dir, now);
  if (!db) return db.error();
  return back_up(dir, to, recipient,
                 [&](const LocalQuestion& question) { return append_offline(**db, question, now); });
}

Result<ops::BackupSummary> back_up_served(const ops::DataDir& dir, const std::filesystem::path& to,
                                          const std::optional<Digest>& recipient) {
  return back_up(dir, to, recipient, [&](const LocalQuestion& question) -> Result<void> {
    const auto told = ask_server(dir, question);
    return told ? ok() : Result<void>(told.error());
  });
}

Result<std::chrono::milliseconds> confirm_clock_offline(const ops::DataDir& dir, const std::string& reason,
                                                        const Clock& machine) {
  auto db = open_upgraded(dir, machine.now());
  if (!db) return db.error();
  TrustedClock clock(machine, store::load_clock(**db, machine.now()));
  const auto by = clock.confirm();
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{**db, clock.now(), {}};
  audit::append_record(tx, clock_confirmed_record(reason, by));
  store::store_clock(tx.db, clock.kept());
  if (auto done = transaction.commit(); !done) return done.error();
  return by;
}

Result<std::chrono::milliseconds> confirm_clock_served(const ops::DataDir& dir, const std::string& reason) {
  const auto answer = ask_server(dir, {.act = Act::clock_confirmed, .reason = reason});
  if (!answer) return answer.error();
  return std::chrono::milliseconds{answer->by_ms};
}

}  // namespace wardroom::app
