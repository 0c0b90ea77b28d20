#include "server/app/backup_job.hpp"

#include "common/base/log.hpp"
#include "common/base/target_file.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "server/app/local_socket.hpp"
#include "server/app/office_check.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/audit/kept_clock.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

using Act = LocalQuestion::Act;

// What an upgrade left as the way back lies in the data directory, so it goes when that goes: it makes up for
// no backup. server.backup_verified follows its server.backup_created at once.
constexpr sqlite::SqlPiece kNoWayBack =
    " AND NOT EXISTS (SELECT 1 FROM audit_records c WHERE c.idx IN (r.idx, r.idx - 1)"
    " AND c.type = 'server.backup_created' AND instr(c.line, ?) > 0) ORDER BY r.idx DESC LIMIT 1";

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

Result<void> append_offline(sqlite::Connection& db, const LocalQuestion& question, TrustedClock& clock) {
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, clock.now(), {}};
  audit::keep_clock_offline(tx, clock);
  for (const auto& record : backup_records(question)) audit::append_record(tx, record);
  return transaction.commit();
}

// `tell` has the records of a question written. A name that is never written to is a slip of the person who
// typed it, and no backup; a folder that is gone is a failure on record: a nightly backup has nobody who
// reads its complaint.
Result<ops::BackupSummary> back_up(const ops::DataDir& dir, const std::filesystem::path& to,
                                   const std::optional<Digest>& recipient, const Tell& tell,
                                   ops::GiveUp give_up = nullptr) {
  const auto checked = check_target(to);
  if (!checked && checked.error().reason == "target_refused") return checked.error();
  const auto place = std::filesystem::absolute(to);
  auto written = [&]() -> Result<ops::BackupSummary> {
    if (!checked) return checked.error();
    if (auto told = tell(begun(place)); !told) return told.error();
    return ops::write_backup(dir, place, recipient, give_up,
                             [&](sqlite::Connection& copy) { return check_contents(copy, dir); });
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
  static constexpr auto kVerified =
      sqlite::SqlPiece(
          "SELECT r.at FROM audit_records r WHERE r.type = 'server.backup_verified'"
          " AND r.outcome = 'success'") +
      kNoWayBack;
  static constexpr auto kTried = sqlite::SqlPiece(
                                     "SELECT r.outcome FROM audit_records r"
                                     " WHERE r.type IN ('server.backup_created', 'server.backup_verified')"
                                     // What was given up says nothing.
                                     " AND r.outcome IN ('success', 'failure')") +
                                 kNoWayBack;
  const std::string way_back = "/" + ops::DataDir{}.upgrade().string() + "/" + std::string(kWayBackPrefix);
  LastBackup last;
  last.verified = db.find<TimePoint>(kVerified, way_back);
  const auto tried = db.find<std::string>(kTried, way_back);
  last.failed = tried && *tried != "success";
  last.unsound = audit::find_failed_looks(db);
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

Result<std::optional<ops::DirLock>> lock_or_find_server(const ops::DataDir& dir,
                                                        const std::function<bool()>& wait) {
  for (;;) {
    auto lock = ops::DirLock::acquire(dir);
    if (lock) return std::optional(*std::move(lock));
    if (lock.error().reason != "directory_in_use") return lock.error();
    // Whatever it says: one of another version may not know the question.
    if (ask_local(dir.socket(), protocol::encode(LocalQuestion{.act = Act::metrics})))
      return std::optional<ops::DirLock>();
    if (!wait()) return lock.error();
  }
}

Result<ops::BackupSummary> back_up_offline(const ops::DataDir& dir, const std::filesystem::path& to,
                                           const Clock& machine, const std::optional<Digest>& recipient) {
  auto db = open_upgraded(dir, machine.now());
  if (!db) return db.error();
  TrustedClock clock(machine, store::load_clock(**db, machine.now()));
  if ((*db)->failure()) return *(*db)->failure();
  return back_up(dir, to, recipient,
                 [&](const LocalQuestion& question) { return append_offline(**db, question, clock); });
}

Result<ops::BackupSummary> back_up_served(const ops::DataDir& dir, const std::filesystem::path& to,
                                          const std::optional<Digest>& recipient) {
  return back_up(dir, to, recipient, [&](const LocalQuestion& question) -> Result<void> {
    const auto told = ask_server(dir, question);
    return told ? ok() : Result<void>(told.error());
  });
}

Result<ops::BackupSummary> back_up_serving(const ops::DataDir& dir, const std::filesystem::path& to,
                                           const std::optional<Digest>& recipient, const Tell& tell,
                                           ops::GiveUp give_up) {
  return back_up(dir, to, recipient, tell, give_up);
}

Result<void> check_restored(const ops::DataDir& dir, TimePoint at) {
  const auto options = load_options(dir.config());
  if (!options) return options.error();
  for (const auto& finding : check_office(dir, *options, at))
    if (finding.refused) return finding.error;
  auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
  if (!db) return db.error();
  return check_contents(**db, dir);
}

void note_backup(const LocalQuestion& ended, Figures& figures, const Clock& clock) {
  if (ended.failure)
    spdlog::error("backup.failed to={} message=\"{}\"", ended.to, *ended.failure);
  else
    spdlog::info("backup.verified to={} records={} bytes={}", ended.to, ended.records, ended.bytes);
  figures.backup_failed = ended.failure.has_value();
  if (!ended.failure) figures.backup_verified = to_unix_ms(clock.now());
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
