#include "server/ops/backup_contents.hpp"

#include <cerrno>
#include <fcntl.h>
#include <span>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/log.hpp"
#include "common/base/sha256.hpp"
#include "server/files/contents.hpp"
#include "server/ops/durable_file.hpp"
#include "server/store/files.hpp"

namespace wardroom::ops {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPartBytes = 1024 * 1024;
constexpr std::size_t kMostFindings = 100;

Result<std::vector<Digest>> load_contents(sqlite::Connection& db) {
  std::vector<Digest> contents;
  auto row = db.query("SELECT DISTINCT sha256 FROM files WHERE sha256 IS NOT NULL ORDER BY sha256");
  while (row.step())
    if (const auto content = to_digest(row.get<std::optional<Bytes>>(0))) contents.push_back(*content);
  if (db.failure()) return *db.failure();
  return contents;
}

// False where its bytes aren't what they were.
Result<bool> store_content(sqlite::Connection& copy, int file, const Digest& content, GiveUp give_up) {
  Sha256 hash;
  Bytes part(kPartBytes);
  off_t at = 0;
  for (std::int64_t number = 0;; ++number) {
    if (auto goes_on = check_goes_on(give_up); !goes_on) return goes_on.error();
    const ssize_t got = ::pread(file, part.data(), part.size(), at);
    if (got < 0) return false;
    if (got == 0) break;
    const auto bytes = std::span<const std::byte>(part).first(static_cast<std::size_t>(got));
    hash.update(bytes);
    copy.run("INSERT INTO backup_contents (sha256, number, data) VALUES (?,?,?)", content, number, bytes);
    if (copy.failure()) return *copy.failure();
    at += got;
  }
  if (hash.digest() == content) return true;
  copy.run("DELETE FROM backup_contents WHERE sha256 = ?", content);
  return false;
}

bool has_table(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT 1 FROM sqlite_schema WHERE name = 'backup_contents'").has_value();
}

// False where the backup hasn't all of it.
Result<bool> extract_content(sqlite::Connection& db, const files::Contents& contents, const Digest& content) {
  const fs::path file = contents.path_of(content);
  const fs::path folder = file.parent_path();
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return file_error(folder, errno);
  const files::Descriptor out(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!out) return file_error(file, errno);
  auto row = db.query("SELECT data FROM backup_contents WHERE sha256 = ? ORDER BY number", content);
  while (row.step()) {
    for (auto left = row.get<std::string_view>(0); !left.empty();) {
      const ssize_t written = ::write(out.get(), left.data(), left.size());
      if (written < 0) return file_error(file, errno);
      left.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (db.failure()) return *db.failure();
  const auto there = files::digest_of(out.get());
  if (!there) return there.error();
  if (*there == content)
    return ::fsync(out.get()) == 0 ? Result<bool>(true) : Result<bool>(file_error(file, errno));
  ::unlink(file.c_str());
  return false;
}

void add_finding(FilesReport& report, std::string finding) {
  ++report.wrong;
  if (report.findings.size() < kMostFindings) report.findings.push_back(std::move(finding));
}

std::string short_name(const files::Contents& contents, const fs::path& file) {
  return "files/" + file.lexically_relative(contents.root()).string();
}

void check_content(const files::Contents& contents, const Digest& content, FilesReport& report) {
  ++report.contents;
  const std::string name = short_name(contents, contents.path_of(content));
  const auto file = contents.open(content);
  if (!file) return add_finding(report, name + ": it isn't there, or can't be read, and a file needs it.");
  struct stat info {};
  if (::fstat(file->get(), &info) == 0) report.bytes += info.st_size;
  const auto there = files::digest_of(file->get());
  if (!there || *there != content)
    add_finding(report, name + ": its bytes aren't those that were sent. Bring it back from a backup.");
}

}  // namespace

Result<ContentsCount> store_contents(sqlite::Connection& copy, const DataDir& dir, GiveUp give_up) {
  const auto needed = load_contents(copy);
  if (!needed) return needed.error();
  const files::Contents contents(dir.files());
  copy.run(
      "CREATE TABLE backup_contents (sha256 BLOB, number INTEGER, data BLOB, PRIMARY KEY (sha256, number))"
      " WITHOUT ROWID");
  ContentsCount count;
  for (const auto& content : *needed) {
    const auto file = contents.open(content);
    const auto stored = file ? store_content(copy, file->get(), content, give_up) : Result<bool>(false);
    if (!stored) return stored.error();
    ++(*stored ? count.whole : count.missing);
    if (!*stored) spdlog::error("backup.content_missing content={}", to_hex(content));
  }
  if (copy.failure()) return *copy.failure();
  return count;
}

Result<ContentsCount> extract_contents(sqlite::Connection& db, const DataDir& dir, GiveUp give_up) {
  const auto needed = load_contents(db);
  if (!needed) return needed.error();
  const files::Contents contents(dir.files());
  const bool has_any = has_table(db);
  ContentsCount count;
  for (const auto& content : *needed) {
    if (auto goes_on = check_goes_on(give_up); !goes_on) return goes_on.error();
    const auto made = has_any ? extract_content(db, contents, content) : Result<bool>(false);
    if (!made) return made.error();
    ++(*made ? count.whole : count.missing);
  }
  if (has_any)
    if (auto dropped = db.run_script("DROP TABLE backup_contents"); !dropped) return dropped.error();
  return count;
}

Result<FilesReport> check_files(sqlite::Connection& db, const DataDir& dir) {
  const files::Contents contents(dir.files());
  FilesReport report;
  const auto needed = load_contents(db);
  if (!needed) return needed.error();
  for (const auto& content : *needed) check_content(contents, content, report);
  std::vector<std::pair<fs::path, Digest>> unknown;
  const auto walked = contents.each_content([&](const fs::path& file, const std::optional<Digest>& content) {
    if (!content)
      add_finding(report, short_name(contents, file) + ": it isn't named as the server names files.");
    else if (!store::is_content_used(db, *content))
      unknown.emplace_back(file, *content);
    return true;
  });
  if (!walked) return walked.error();
  // An upload that ended meanwhile has its row by now.
  for (const auto& [file, content] : unknown)
    if (!store::is_content_used(db, content) && ::access(file.c_str(), F_OK) == 0)
      add_finding(report,
                  short_name(contents, file) + ": it belongs to no file. The next start takes it away.");
  if (db.failure()) return *db.failure();
  return report;
}

}  // namespace wardroom::ops
