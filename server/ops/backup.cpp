#include "server/ops/backup.hpp"

#include <sqlite3.h>

#include "common/base/target_file.hpp"
#include "common/evidence/database_check.hpp"
#include "common/sqlite/migrations.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/json_text.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/kept_clock.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/ops/backup_contents.hpp"
#include "server/ops/backup_files.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/encrypted_backup.hpp"
#include "server/ops/kept_head.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::ops {
namespace {

namespace fs = std::filesystem;

// Every so many steps of SQLite's machine: some thousand times a second.
constexpr int kSteps = 10'000;

void give_up_when(sqlite::Connection& db, GiveUp asked) {
  if (!asked) return;
  sqlite3_progress_handler(
      db.handle(), kSteps,
      [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; },
      const_cast<std::atomic<bool>*>(asked));
}

// What a foreign file must be before anything is done with it. `named`: what errors call it.
Result<void> check_is_backup(const fs::path& from, const fs::path& named) {
  auto db = sqlite::Connection::open(from, sqlite::Connection::Mode::read_only);
  if (!db) return db.error();
  const auto tables = (*db)->find<std::int64_t>(
      "SELECT count(*) FROM sqlite_schema WHERE name IN ('sqlar', 'audit_records', 'meta')");
  if ((*db)->failure() || tables != 3)
    return make_error(ErrorCode::params, named.string() + " isn't a backup of Wardroom.", "not_a_backup");
  const auto version = sqlite::schema_version(**db);
  if (!version) return version.error();
  if (*version <= store::newest_schema_version()) return ok();
  return conflict("schema_too_new",
                  named.string() + " is of a newer version of Wardroom: it has schema version " +
                      std::to_string(*version) + ", and this program knows versions up to " +
                      std::to_string(store::newest_schema_version()) +
                      ". Install that version and restore it with that.");
}

// The database of a backup, as it is in there.
Result<void> bring_database(const fs::path& from, const std::optional<Secret>& key, const fs::path& to,
                            GiveUp give_up) {
  const auto is_encrypted = is_encrypted_backup(from);
  if (!is_encrypted) return is_encrypted.error();
  if (*is_encrypted) {
    if (auto done = decrypt_backup(from, *key, to, give_up); !done) return done;
    return check_is_backup(to, from);
  }
  return copy_backup(from, to, give_up);
}

// Before the directory is made.
Result<void> check_can_be_read(const fs::path& from, const std::optional<Secret>& key) {
  const auto is_encrypted = is_encrypted_backup(from);
  if (!is_encrypted) return is_encrypted.error();
  if (!*is_encrypted) return check_is_backup(from, from);
  if (key) return ok();
  return make_error(ErrorCode::params,
                    from.string() + " is encrypted. Name the file with its key: --key FILE.", "key_missing");
}

Result<void> append_restored(sqlite::Connection& db, const BackupSummary& backup, const std::string& reason,
                             const Clock& machine) {
  TrustedClock clock(machine, store::load_clock(db, machine.now()));
  if (db.failure()) return *db.failure();
  const TimePoint now = clock.now();
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  // Another than the backup's, so that clients drop what it doesn't have.
  store::store_epoch(db, std::max(to_unix_ms(now), store::load_epoch(db) + 1));
  audit::Record record{.type = audit::Type::backup_restored};
  record.reason = reason;
  record.after = {{"backup_at", backup.at}, {"size", backup.records}, {"lost", "unknown"}};
  audit::append_record(tx, record);
  // Behind it, which is the first record that the backup hasn't.
  audit::keep_clock_offline(tx, clock);
  return transaction.commit();
}

Result<BackupSummary> fill_directory(const fs::path& from, const std::optional<Secret>& key,
                                     const DataDir& dir, const std::string& reason, const Clock& machine,
                                     GiveUp give_up) {
  if (auto brought = bring_database(from, key, dir.database(), give_up); !brought) return brought.error();
  // Brings a backup of an earlier version up to date.
  auto db = store::open_database(dir.database());
  if (!db) return db.error();
  give_up_when(**db, give_up);
  if (auto extracted = extract_files(**db, dir); !extracted) return extracted.error();
  const auto contents = extract_contents(**db, dir, give_up);
  if (!contents) return contents.error();
  // It may be of a moment after the copy.
  std::error_code gone;
  fs::remove(dir.newest_head(), gone);
  // The keys must not stay in the database: it is worth nothing to a thief without them.
  if (auto dropped = (*db)->run_script("DROP TABLE sqlar; VACUUM"); !dropped) return dropped.error();
  if (auto complete = audit::complete_nodes(**db); !complete) return complete.error();
  auto backup = check_copy(**db);
  if (!backup) return backup.error();
  if (auto appended = append_restored(**db, *backup, reason, machine); !appended) return appended.error();
  // That the log ends here is said by its next record, and by every PC that saw more.
  if (const auto head = audit::find_newest_head(**db))
    if (auto kept = keep_head(dir, head->note); !kept) return kept.error();
  backup->missing_files = contents->missing;
  std::error_code why;
  backup->bytes = fs::file_size(from, why);
  return backup;
}

// The log first: what else is looked at trusts its records.
Result<BackupSummary> check_whole(const fs::path& copy, const AlsoCheck& also, GiveUp give_up) {
  auto db = sqlite::Connection::open(copy, sqlite::Connection::Mode::inspect);
  if (!db) return db.error();
  give_up_when(**db, give_up);
  auto summary = check_copy(**db);
  if (!summary || !also) return summary;
  if (auto checked = also(**db); !checked) return checked.error();
  return summary;
}

Result<ContentsCount> add_contents(const DataDir& dir, const fs::path& to, GiveUp give_up) {
  auto db = sqlite::Connection::open(to, sqlite::Connection::Mode::read_write);
  if (!db) return db.error();
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  auto count = store_contents(**db, dir, give_up);
  if (!count) return count;
  if (auto committed = transaction.commit(); !committed) return committed.error();
  return count;
}

// Into an empty file.
Result<BackupSummary> write_and_check(const DataDir& dir, const fs::path& to, GiveUp give_up,
                                      const AlsoCheck& also) {
  if (auto copied = copy_database(dir, to, give_up); !copied) return copied.error();
  auto summary = check_whole(to, also, give_up);
  if (!summary) return summary;
  if (auto added = add_office_files(dir, to); !added) return added.error();
  const auto contents = add_contents(dir, to, give_up);
  if (!contents) return contents.error();
  summary->missing_files = contents->missing;
  // Once more, as it is kept: the office's files were written into it since.
  auto db = sqlite::Connection::open(to, sqlite::Connection::Mode::inspect);
  if (!db) return db.error();
  give_up_when(**db, give_up);
  if (auto sound = store::check_database(**db); !sound) return sound.error();
  return summary;
}

Result<BackupSummary> write_encrypted(const DataDir& dir, const Digest& recipient, TargetFile& to,
                                      GiveUp give_up, const AlsoCheck& also) {
  const auto copy = PlainCopy::open(dir);
  if (!copy) return copy.error();
  auto summary = write_and_check(dir, copy->file(), give_up, also);
  if (!summary) return summary;
  if (auto encrypted = encrypt_backup(copy->file(), recipient, to, give_up); !encrypted)
    return encrypted.error();
  return summary;
}

}  // namespace

Result<void> copy_database(const DataDir& dir, const fs::path& to, GiveUp give_up) {
  auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
  if (!db) return db.error();
  give_up_when(**db, give_up);
  (*db)->run("VACUUM INTO ?", to.string());
  return (*db)->failure() ? Result<void>(*(*db)->failure()) : ok();
}

Result<void> add_office_files(const DataDir& dir, const fs::path& to) {
  auto db = sqlite::Connection::open(to, sqlite::Connection::Mode::read_write);
  if (!db) return db.error();
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  if (auto stored = store_files(**db, dir); !stored) return stored;
  return transaction.commit();
}

Result<BackupSummary> check_copy(sqlite::Connection& db) {
  if (auto sound = store::check_database(db); !sound) return sound.error();
  const auto log = evidence::check_database(db, {});
  if (!log) return log.error();
  if (!log->is_sound())
    return make_error(ErrorCode::internal,
                      "The audit log in the copy doesn't hold: " +
                          (log->findings.empty() ? "no finding" : log->findings.front()),
                      "audit_log_damaged");
  const auto at = db.find<TimePoint>("SELECT at FROM audit_records ORDER BY idx DESC LIMIT 1");
  if (db.failure()) return *db.failure();
  return BackupSummary{log->size, at.value_or(TimePoint{}), 0, {}};
}

Result<BackupSummary> check_backup(const fs::path& file, GiveUp give_up) {
  if (auto known = check_is_backup(file, file); !known) return known.error();
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::inspect);
  if (!db) return db.error();
  const auto version = sqlite::schema_version(**db);
  if (!version) return version.error();
  if (*version < store::newest_schema_version())
    return conflict("schema_older", file.string() +
                                        " is of an earlier version of Wardroom: only a restore looks "
                                        "through it.");
  give_up_when(**db, give_up);
  return check_copy(**db);
}

Result<BackupSummary> write_backup(const DataDir& dir, const fs::path& to,
                                   const std::optional<Digest>& recipient, GiveUp give_up,
                                   const AlsoCheck& also) {
  // Its owner's alone from the first byte: VACUUM INTO would make it for everybody to read.
  auto file = TargetFile::open(to);
  if (!file) return file.error();
  auto summary = recipient ? write_encrypted(dir, *recipient, *file, give_up, also)
                           : write_and_check(dir, file->part(), give_up, also);
  if (!summary) return summary;
  const auto digest = digest_of_file(file->part(), give_up);
  if (!digest) return digest.error();
  if (auto kept = file->keep(); !kept) return kept.error();
  std::error_code why;
  summary->bytes = fs::file_size(to, why);
  summary->sha256 = *digest;
  return summary;
}

Result<BackupSummary> restore_backup(const fs::path& from, const fs::path& root, const std::string& reason,
                                     const Clock& machine, const std::optional<Secret>& key, GiveUp give_up) {
  if (auto known = check_can_be_read(from, key); !known) return known.error();
  const auto dir = create_data_dir(root);
  if (!dir) return dir.error();
  auto restored = fill_directory(from, key, *dir, reason, machine, give_up);
  // All of it is ours: the directory was empty.
  std::error_code why;
  if (!restored)
    for (const auto& entry : fs::directory_iterator(root, why)) fs::remove_all(entry.path(), why);
  return restored;
}

}  // namespace wardroom::ops
