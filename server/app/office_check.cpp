#include "server/app/office_check.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/disk_room.hpp"
#include "common/base/log.hpp"
#include "common/base/trusted_clock.hpp"
#include "common/evidence/tables_check.hpp"
#include "common/sqlite/migrations.hpp"
#include "server/app/option_table.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/audit/head_signer.hpp"
#include "server/credentials/key_file.hpp"
#include "server/credentials/seal.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/disk_watch.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/kept_head.hpp"
#include "server/ops/own_entries.hpp"
#include "server/ops/reserve.hpp"
#include "server/ops/served_chain.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFromBackup =
    " Bring it back from a backup (wardroomd restore); to make another office, name another directory to "
    "wardroomd "
    "init.";

Error failed(std::string reason, std::string message) {
  return make_error(ErrorCode::conflict, std::move(message), std::move(reason));
}

Result<void> check_seal(sqlite::Connection& db, const ops::DataDir& dir) {
  const auto seal = credentials::Seal::load(dir.seal_key());
  if (!seal) return seal.error();
  auto row = db.query("SELECT id, password FROM users WHERE length(password) > 0 ORDER BY id DESC LIMIT 1");
  if (!row.step() || seal->open(row.get<UserId>(0), row.get<Bytes>(1))) return ok();
  return failed("seal_key_foreign",
                dir.seal_key().string() +
                    " isn't the key that this office's passwords were sealed with: nobody could "
                    "sign in. Bring back keys/ from a backup.");
}

bool has_audit_key(const ops::DataDir& dir) {
  std::error_code why;
  for (const auto& entry : fs::directory_iterator(dir.keys(), why))
    if (entry.path().filename().string().starts_with("audit-")) return true;
  return false;
}

Result<void> check_audit_key(sqlite::Connection& db, const ops::DataDir& dir) {
  const auto keys = audit::load_keys(db);
  if (db.failure()) return *db.failure();
  if (!keys.empty()) return audit::check_signing_key(dir.keys(), keys.back());
  if (!has_audit_key(dir)) return ok();
  return failed(
      "database_foreign",
      "keys/ has a key that signed an audit log, and wardroom.db is of an office that never signed one: it "
      "is another office's, or lost its wardroom.db-wal." +
          std::string(kFromBackup));
}

std::string accept_loss_line(const ops::DataDir& dir) {
  return "wardroomd accept-loss --data " + dir.root.string() + " --reason \"…\"";
}

Result<void> check_kept_head(sqlite::Connection& db, const ops::DataDir& dir) {
  using Kind = ops::HeadMismatch::Kind;
  const auto mismatch = ops::compare_kept_head(db, dir);
  if (!mismatch) return mismatch.error();
  if (!*mismatch) return ok();
  const std::int64_t found = (*mismatch)->found.size;
  const std::int64_t kept = (*mismatch)->kept ? (*mismatch)->kept->size : 0;
  switch ((*mismatch)->kind) {
    case Kind::missing:
    case Kind::unreadable:
      return failed("kept_head_missing",
                    dir.newest_head().string() +
                        ((*mismatch)->kind == Kind::missing ? " is missing" : " can't be read as a head") +
                        ": nothing outside the database says how far its log was and whether it is still "
                        "the same. Bring the file back. To go on with the log as it is: " +
                        accept_loss_line(dir));
    case Kind::shorter:
      return failed("records_missing",
                    "The log in wardroom.db ends after " + std::to_string(found) + " records, and " +
                        std::to_string(kept) + " were signed: the last " + std::to_string(kept - found) +
                        ", and what was written with them, are missing. Bring wardroom.db and "
                        "wardroom.db-wal back together, or restore a backup. To go on without them: " +
                        accept_loss_line(dir));
    case Kind::differs:
      return failed("log_differs",
                    "The first " + std::to_string(kept) +
                        " records of the log in wardroom.db aren't those that were signed "
                        "(keys/newest-head): somebody changed, removed or replaced records. Keep the files "
                        "as they are, tell your auditor, and restore a backup. To go on with the log as it "
                        "is: " +
                        accept_loss_line(dir));
  }
  return ok();
}

// How an office goes back to this program from a newer one.
std::string describe_way_back(const ops::DataDir& dir) {
  const auto backup = find_way_back(dir);
  const std::string root = dir.root.string();
  const fs::path away = root + ".newer";
  const std::string from =
      backup ? (away / backup->lexically_relative(dir.root)).string() : "BACKUP (of before the upgrade)";
  return "To go back to this one, without what was written since: mv " + root + " " + away.string() +
         "; wardroomd restore --from " + from + " --data " + root + " --reason \"…\"";
}

// Of the file alone: opening an empty one would take a log beside it for its own.
Result<void> check_file(const ops::DataDir& dir) {
  struct stat info {};
  if (::lstat(dir.database().c_str(), &info) != 0)
    return failed("database_missing", dir.database().string() + " is missing." + std::string(kFromBackup));
  if (!S_ISREG(info.st_mode) || info.st_size == 0)
    return failed("database_missing",
                  dir.database().string() + " is empty, or isn't a file." + std::string(kFromBackup));
  // What SQLite says of a file that is another account's is that it can't be opened.
  for (const char* name :
       {"wardroom.db", "wardroom.db-wal", "wardroom.db-shm", "search.db", "search.db-wal", "search.db-shm"}) {
    const fs::path file = dir.root / name;
    if (::access(file.c_str(), R_OK | W_OK) != 0 && errno != ENOENT) return ops::file_error(file, errno);
  }
  return ok();
}

Result<std::unique_ptr<sqlite::Connection>> open_office(const ops::DataDir& dir) {
  if (auto there = check_file(dir); !there) return there.error();
  auto db = store::open_for_reading(dir.database());
  if (!db) return db;
  const auto tables = (*db)->find<std::int64_t>(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'users', "
      "'audit_records')");
  if ((*db)->failure()) return *(*db)->failure();
  if (tables != 3)
    return failed("database_foreign",
                  dir.database().string() + " isn't a database of Wardroom." + std::string(kFromBackup));
  const auto version = sqlite::schema_version(**db);
  if (!version) return version.error();
  if (*version > store::newest_schema_version())
    return failed("schema_too_new", "The database has schema version " + std::to_string(*version) +
                                        "; this program knows versions up to " +
                                        std::to_string(store::newest_schema_version()) +
                                        ". Install the newer program again. " + describe_way_back(dir));
  return db;
}

void add(std::vector<Finding>& findings, const Result<void>& outcome, bool refused = true) {
  if (!outcome) findings.push_back({outcome.error(), refused});
}

Result<void> check_private(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0 || (info.st_mode & 077) == 0) return ok();
  return forbidden("file_open_to_others",
                   "Others can read or write " + file.string() + ". Run: chmod 600 " + file.string());
}

bool sets_nothing_else(const Options& options) {
  const Options defaults;
  return std::ranges::all_of(option_table(), [&](const OptionRow& row) {
    return value_as_toml(row, options) == value_as_toml(row, defaults);
  });
}

// server.hosts at its default names this machine alone. That is an office for trying, whose certificate has
// no other name; with another, the options were lost: `init` sets them, and nobody takes a file for whole
// that has only its sections left.
std::optional<Finding> find_lost_options(const ops::DataDir& dir, const Options& options) {
  if (options.server.hosts != Options{}.server.hosts) return std::nullopt;
  const auto info = ops::load_certificate_info(dir.server_certificate());
  if (!info) return std::nullopt;
  constexpr std::array<std::string_view, 3> kOwn{"localhost", "127.0.0.1", "::1"};
  const auto other = std::ranges::find_if(
      info->hosts, [&](const std::string& host) { return std::ranges::find(kOwn, host) == kOwn.end(); });
  if (other == info->hosts.end()) return std::nullopt;
  const bool has_lost_all = sets_nothing_else(options);
  return Finding{
      failed("hosts_not_set",
             dir.config().string() +
                 (has_lost_all ? " sets no option, also not server.hosts:" : " doesn't set server.hosts:") +
                 " links and invites would name localhost, and the certificate is for " + *other +
                 ". Bring the file back from a backup, or set what the office had, "
                 "at least, under [server]: hosts = [\"" +
                 *other + "\"]"),
      has_lost_all};
}

bool is_there(const fs::path& file) {
  std::error_code unknown;
  return fs::exists(file, unknown);
}

Result<void> check_disk_room(const ops::DataDir& dir) {
  // Root has room that the server's account hasn't, and a quota leaves less than is free.
  const auto disk = ops::measure_disk(dir.root);
  const bool is_free = !disk || disk->free_bytes >= ops::kStartBytes;
  if (is_free && has_room(dir.root, ops::kStartBytes)) return ok();
  const char* meanwhile = is_there(dir.reserve())
                              ? "a start gives the reserve free, and takes only sign-ins, what shuts people "
                                "out, and readings that leave a record"
                              : "there is no reserve left either, so a start may serve reading alone, and "
                                "nobody can sign in";
  return make_error(ErrorCode::unavailable,
                    "The disk is full where " + dir.root.string() + " lies. Free some space; meanwhile " +
                        meanwhile + ". Writing comes back by itself.",
                    "disk_full");
}

}  // namespace

Result<std::vector<std::string>> check_sealed(sqlite::Connection& db, const ops::DataDir& dir) {
  using credentials::SealedFor;
  const auto seal = credentials::Seal::load(dir.seal_key());
  if (!seal) return seal.error();
  std::vector<std::string> foreign;
  const auto check = [&](sqlite::Cursor row, SealedFor purpose, const char* what) {
    while (row.step())
      if (!seal->open(row.get<UserId>(0), row.get<Bytes>(1), purpose))
        foreign.push_back("users, " + row.get<std::string>(0) + ": the " + what +
                          " isn't one that this office sealed for this account.");
  };
  check(db.query("SELECT id, password FROM users WHERE password IS NOT NULL"), SealedFor::password,
        "password");
  check(db.query("SELECT user_id, secret FROM second_factors"), SealedFor::second_factor, "second factor");
  if (db.failure()) return *db.failure();
  return foreign;
}

Result<Contents> look_through(sqlite::Connection& db, const ops::DataDir& dir) {
  auto tables = evidence::check_tables(db);
  if (!tables) return tables.error();
  auto foreign = check_sealed(db, dir);
  if (!foreign) return foreign.error();
  return Contents{*std::move(tables), *std::move(foreign)};
}

Result<void> check_contents(sqlite::Connection& db, const ops::DataDir& dir) {
  const auto contents = look_through(db, dir);
  if (!contents) return contents.error();
  const auto& tables = contents->tables;
  if (tables.wrong == 0 && contents->foreign.empty()) return ok();
  const std::string first = tables.wrong == 0         ? contents->foreign.front()
                            : tables.findings.empty() ? "no finding"
                                                      : tables.findings.front();
  return make_error(
      ErrorCode::internal,
      "The tables don't hold against the audit log: " + first +
          " `wardroomd check` says all of it. Keep the files as they are and tell your auditor.",
      "tables_damaged");
}

Result<void> make_private(const ops::DataDir& dir) {
  // All texts are in the search index, too.
  for (const fs::path& database : {dir.database(), dir.search_index()})
    for (const char* end : {"", "-wal", "-shm"}) {
      fs::path file = database;
      file += end;
      if (check_private(file)) continue;
      if (auto made = ops::make_private_file(file); !made) return made;
      spdlog::warn("server.file_made_private file={}", file.string());
    }
  return ok();
}

TimePoint believed_time(const ops::DataDir& dir, const Clock& machine) {
  const auto db = open_office(dir);
  if (!db) return machine.now();
  return TrustedClock(machine, store::load_clock(**db, machine.now())).trusted();
}

Result<bool> issue_where_missing(const ops::DataDir& dir, const Options& options, TimePoint at) {
  if (!is_there(dir.ca_key()) || !is_there(dir.server_key())) return false;
  if (is_there(dir.server_certificate())) {
    const auto info = ops::load_certificate_info(dir.server_certificate());
    if (!info || (info->not_before <= at && at < info->not_after)) return false;
  }
  std::vector<ops::HostName> hosts;
  for (const auto& text : options.server.hosts)
    if (auto host = ops::parse_host(text)) hosts.push_back(*std::move(host));
  if (auto issued = ops::issue_certificate(dir, hosts, at); !issued) return issued.error();
  spdlog::warn("certificate.issued reason=missing_or_out_of_its_time");
  return true;
}

std::vector<Finding> check_certificates(const ops::DataDir& dir, const Options& options, TimePoint at) {
  std::vector<Finding> findings;
  add(findings, check_private(dir.server_key()));
  add(findings, ops::check_served(dir, at));
  if (!findings.empty()) return findings;
  // Nobody who connects meets these, so they keep nobody out.
  for (const auto& key : {dir.ca_key(), dir.next_ca_key()}) add(findings, check_private(key), false);
  if (auto lost = find_lost_options(dir, options)) findings.push_back(*std::move(lost));
  const auto dates = ops::check_dates(dir, at);
  add(findings, dates, false);
  if (dates) add(findings, ops::check_expiry(dir, at), false);
  for (const auto& host : options.server.hosts) add(findings, ops::check_served_name(dir, host), false);
  add(findings, ops::check_authority_end(dir, at), false);
  return findings;
}

Result<void> check_readable(std::string_view option, const fs::path& file) {
  if (file.empty() || ::access(file.c_str(), R_OK) == 0) return ok();
  return make_error(ErrorCode::unavailable,
                    std::string{option} + " names " + file.string() + ", which can't be read: " +
                        std::generic_category().message(errno) + ". Records aren't copied until it can.",
                    "copies_not_possible");
}

// heads_file is made where it isn't there yet.
Result<void> check_writable(std::string_view option, const fs::path& file) {
  if (file.empty()) return ok();
  const fs::path what = is_there(file) ? file : file.parent_path();
  if (::access(what.c_str(), W_OK) == 0) return ok();
  return make_error(ErrorCode::unavailable,
                    std::string{option} + " names " + file.string() + ", and " + what.string() +
                        " can't be written: " + std::generic_category().message(errno) +
                        ". Heads aren't copied until it can.",
                    "copies_not_possible");
}

std::vector<Finding> check_copies(const Options& options) {
  std::vector<Finding> findings;
  if (!options.audit.syslog.empty())
    add(findings, check_readable("audit.syslog_ca", options.audit.syslog_ca), false);
  add(findings, check_writable("audit.heads_file", options.audit.heads_file), false);
  return findings;
}

std::string describe_copies(const Options& options, bool is_root) {
  const bool syslog = !options.audit.syslog.empty();
  const bool heads = !options.audit.heads_file.empty();
  if (!syslog && !heads) return "none asked for";
  std::string text = is_root
                         ? "nothing is missing; whether the server's account may read and write there, root "
                           "can't tell: run this as that account"
                         : "can be made";
  if (syslog) text += "; whether " + options.audit.syslog + " answers wasn't tried";
  return text;
}

Result<std::string> describe_schema(sqlite::Connection& db) {
  const auto version = sqlite::schema_version(db);
  if (!version) return version.error();
  const int newest = store::newest_schema_version();
  return "schema version " + std::to_string(*version) +
         (*version == newest ? "" : ", which the next start brings to " + std::to_string(newest));
}

std::vector<Finding> check_disk(const std::optional<ops::DiskSpace>& disk, const Options& options) {
  std::vector<Finding> findings;
  if (!disk) return findings;
  const auto least = ops::least_free(*disk, options.store.disk_low_percent);
  if (disk->free_bytes >= least) return findings;
  findings.push_back(
      {make_error(ErrorCode::unavailable,
                  "The disk of the data directory is nearly full: " + std::to_string(disk->free_bytes >> 20) +
                      " MiB are free, and " + std::to_string(least >> 20) +
                      " should be (store.disk_low_percent). Make room on it, or move the backups "
                      "elsewhere (backup.folder).",
                  "disk_low"),
       false});
  return findings;
}

std::vector<Finding> check_office(const ops::DataDir& dir, const Options& options, TimePoint at) {
  auto findings = check_certificates(dir, options, at);
  add(findings, check_disk_room(dir), false);
  const auto db = open_office(dir);
  if (!db) {
    findings.push_back({db.error(), true});
    return findings;
  }
  add(findings, check_seal(**db, dir));
  if (const auto version = sqlite::schema_version(**db)) add(findings, check_upgrade_room(dir, *version));
  // An office of an earlier version has no signed heads yet.
  if ((*db)->find<std::int64_t>("SELECT 1 FROM sqlite_schema WHERE name = 'audit_keys'")) {
    add(findings, check_audit_key(**db, dir));
    add(findings, check_kept_head(**db, dir));
  }
  if ((*db)->failure()) findings.push_back({*(*db)->failure(), true});
  return findings;
}

}  // namespace wardroom::app
