#pragma once

#include <string_view>

#include "protocol/methods/session.hpp"

// Backups in the folder of [backup] in wardroom.toml, made and tried from afar. No backup, and nothing of
// what is in one, goes over the wire.
namespace wardroom::protocol {

// verify: whether it is what was checked, and sound. rehearse: a restore on trial, removed again.
enum class BackupAct { run, verify, rehearse };
BOOST_DESCRIBE_ENUM(BackupAct, run, verify, rehearse)

struct BackupFile {
  std::string name;  // in the folder
  TimePoint at;      // when it was begun
  std::int64_t bytes = 0;
  bool encrypted = false;                // the server itself can't read it
  std::optional<TimePoint> checked_at;   // when it was opened and checked, as the log says; left out: unknown
  std::optional<TimePoint> verified_at;  // the last time that a verification of it succeeded
  std::optional<TimePoint> rehearsed_at;
  std::optional<std::string> problem;  // a sentence: what is wrong with it
  TimePoint kept_until;                // and, however old, as long as it is one of the newest `keep`
};
BOOST_DESCRIBE_STRUCT(BackupFile, (),
                      (name, at, bytes, encrypted, checked_at, verified_at, rehearsed_at, problem,
                       kept_until))

struct BackupWork {
  BackupAct act = BackupAct::run;
  std::string name;
  std::string by;  // who asked for it
  TimePoint begun_at;
  std::int64_t bytes = 0;  // as far as it is written by now
};
BOOST_DESCRIBE_STRUCT(BackupWork, (), (act, name, by, begun_at, bytes))

struct BackupOutcome {
  BackupAct act = BackupAct::run;
  std::string name;
  std::string by;
  TimePoint begun_at;
  TimePoint ended_at;
  bool ok = false;
  std::string text;  // a sentence or two: what was found, or why it failed and what to do
};
BOOST_DESCRIBE_STRUCT(BackupOutcome, (), (act, name, by, begun_at, ended_at, ok, text))

struct AdminBackupList {
  static constexpr std::string_view kName = "admin.backup_list";
  static constexpr std::string_view kSummary =
      "The backups in the server's folder, the newest first, and what is being done with one.";
  using Params = Empty;
  struct Result {
    std::string folder;
    std::int64_t keep = 0;  // so many of the newest ones stay
    std::int64_t days = 0;  // older ones than this go otherwise, after the next backup
    bool encrypts = false;  // a new one is encrypted
    std::vector<BackupFile> backups;
    std::optional<BackupWork> work;      // that goes on
    std::optional<BackupOutcome> last;   // that ended, since the server's start
    std::optional<std::string> problem;  // the folder can't be read: why, and what to do
  };
};
BOOST_DESCRIBE_STRUCT(AdminBackupList::Result, (),
                      (folder, keep, days, encrypts, backups, work, last, problem))

struct AdminBackupRun {
  static constexpr std::string_view kName = "admin.backup_run";
  static constexpr std::string_view kSummary =
      "Begins a backup as the nightly one: written, opened, checked; then old ones are removed. "
      "admin.backup_list has its end.";
  using Params = Empty;
  struct Result {
    BackupWork work;
  };
  static constexpr std::string_view kErrors[] = {"backup_running", "settings_unreadable"};
};
BOOST_DESCRIBE_STRUCT(AdminBackupRun::Result, (), (work))

struct BackupParams {
  std::string name;  // as admin.backup_list has it
};
BOOST_DESCRIBE_STRUCT(BackupParams, (), (name))

struct AdminBackupVerify {
  static constexpr std::string_view kName = "admin.backup_verify";
  static constexpr std::string_view kSummary =
      "Begins to verify a backup: whether it is byte for byte what was checked when it was written, and, "
      "unless "
      "it is encrypted, what is in it. admin.backup_list has its end.";
  using Params = BackupParams;
  using Result = AdminBackupRun::Result;
  static constexpr std::string_view kErrors[] = {"not_found", "backup_running", "settings_unreadable"};
};

struct AdminBackupRehearse {
  static constexpr std::string_view kName = "admin.backup_rehearse";
  static constexpr std::string_view kSummary =
      "Begins to restore a backup into a scratch directory on the server, check it as a whole, and remove it "
      "again. admin.backup_list has its end.";
  using Params = BackupParams;
  using Result = AdminBackupRun::Result;
  static constexpr std::string_view kErrors[] = {"not_found", "backup_running", "settings_unreadable"};
};

}  // namespace wardroom::protocol
