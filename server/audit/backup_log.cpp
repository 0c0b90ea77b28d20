#include "server/audit/backup_log.hpp"

#include <filesystem>

#include "protocol/json_text.hpp"

namespace wardroom::audit {
namespace {

// Some years of nightly backups: three records each.
constexpr std::int64_t kMostBackupRecords = 10'000;

constexpr const char* kRehearse = "rehearse";
constexpr const char* kVerify = "verify";

std::string text_in(const boost::json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string(text->data(), text->size()) : std::string();
}

struct BackupLine {
  std::string file, how, reason;
  std::int64_t bytes = 0;
};

BackupLine read_backup_line(std::string_view line) {
  BackupLine said;
  const auto json = protocol::parse_json(line);
  const auto* record = json ? json->if_object() : nullptr;
  if (!record) return said;
  said.reason = text_in(*record, "reason");
  const auto* after = record->if_contains("after");
  const auto* details = after ? after->if_object() : nullptr;
  if (!details) return said;
  said.file = std::filesystem::path(text_in(*details, "to")).filename().string();
  said.how = text_in(*details, "how");
  const auto* bytes = details->if_contains("bytes");
  if (bytes && bytes->is_int64()) said.bytes = bytes->get_int64();
  return said;
}

// In the log's order, so that the last one wins.
void note_recheck(BackupHistory& history, const BackupLine& said, TimePoint at, bool is_good) {
  const bool is_rehearsal = said.how == kRehearse;
  auto& failed = is_rehearsal ? history.rehearse_failed : history.verify_failed;
  failed.reset();
  if (!is_good)
    failed = said.reason;
  else
    (is_rehearsal ? history.rehearsed_at : history.verified_at) = at;
}

}  // namespace

std::map<std::string, BackupHistory> load_backup_histories(sqlite::Connection& db) {
  std::map<std::string, BackupHistory> histories;
  auto row = db.query(
      "SELECT idx, at, type, outcome, line FROM (SELECT * FROM audit_records WHERE type IN"
      " ('server.backup_created', 'server.backup_verified', 'server.backup_rechecked') AND line <> ''"
      " ORDER BY idx DESC LIMIT ?) ORDER BY idx",
      kMostBackupRecords);
  // That a backup was checked is the record right after the one that says where it was written.
  std::string written;
  std::int64_t written_at_index = -1;
  while (row.step()) {
    const auto index = row.get<std::int64_t>(0);
    const auto at = row.get<TimePoint>(1);
    const std::string type(row.get<std::string_view>(2));
    const std::string outcome(row.get<std::string_view>(3));
    const bool is_good = outcome == "success";
    const BackupLine said = read_backup_line(row.get<std::string_view>(4));
    if (type == "server.backup_created" && is_good) {
      written = said.file;
      written_at_index = index;
    } else if (type == "server.backup_verified" && is_good && index == written_at_index + 1) {
      histories[written] = {at, said.bytes, {}, {}, {}, {}};
    } else if (type == "server.backup_rechecked" && outcome != "error") {  // which says nothing of it
      note_recheck(histories[said.file], said, at, is_good);
    }
  }
  return histories;
}

FailedLooks find_failed_looks(sqlite::Connection& db) {
  FailedLooks failed;
  for (const auto& [name, history] : load_backup_histories(db)) {
    if (history.verify_failed) failed.emplace(name, kVerify);
    if (history.rehearse_failed) failed.emplace(name, kRehearse);
  }
  return failed;
}

}  // namespace wardroom::audit
