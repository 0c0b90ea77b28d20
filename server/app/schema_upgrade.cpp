#include "server/app/schema_upgrade.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/log.hpp"
#include "common/sqlite/migrations.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/options.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "server/ops/backup.hpp"
#include "server/ops/disk_watch.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/encrypted_backup.hpp"
#include "server/ops/kept_head.hpp"
#include "server/ops/service_notice.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

namespace fs = std::filesystem;

Result<int> version_of(const fs::path& database) {
  auto db = sqlite::Connection::open(database, sqlite::Connection::Mode::read_only);
  if (!db) return db.error();
  return sqlite::schema_version(**db);
}

fs::path way_back_of(const ops::DataDir& dir, int version) {
  return dir.upgrade() / (std::string(kWayBackPrefix) + std::to_string(version) + ".db");
}

// A database with the files beside it, which SQLite may have left.
void remove_database(const fs::path& file) {
  for (const char* end : {"", "-wal", "-shm", "-journal"}) ::unlink((file.string() + end).c_str());
}

// What is being made, until it is whole. Its owner's alone from the first byte.
class Unfinished {
 public:
  static Result<Unfinished> make(fs::path file) {
    remove_database(file);  // left by a crash
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return ops::file_error(file, errno);
    ::close(fd);
    return Unfinished(std::move(file));
  }
  Unfinished(Unfinished&& other) noexcept : file_(std::exchange(other.file_, {})) {}
  Unfinished& operator=(Unfinished&&) = delete;
  ~Unfinished() {
    if (!file_.empty()) remove_database(file_);
  }
  const fs::path& file() const { return file_; }
  Result<void> keep_as(const fs::path& name) {
    if (auto replaced = ops::replace_durably(file_, name); !replaced) return replaced;
    file_.clear();
    return ok();
  }

 private:
  explicit Unfinished(fs::path file) : file_(std::move(file)) {}
  fs::path file_;
};

// One of a newer program is refused by whoever opens it.
bool is_upgraded(int from) {
  return from != 0 && from < store::newest_schema_version();
}

std::string describe_steps(int from) {
  return "from schema version " + std::to_string(from) + " to " +
         std::to_string(store::newest_schema_version());
}

Result<void> check_free_space(const ops::DataDir& dir) {
  constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
  std::error_code why;
  const auto size = fs::file_size(dir.database(), why);
  const auto disk = ops::measure_disk(dir.root);
  const std::uint64_t needed = 3 * size + 16 * kMiB;
  if (why || !disk || disk->free_bytes >= needed) return ok();
  return unavailable("it needs " + std::to_string(needed / kMiB + 1) + " MiB of free space where " +
                     dir.root.string() + " lies, and there are " + std::to_string(disk->free_bytes / kMiB) +
                     ".");
}

Error upgrade_failed(const ops::DataDir& dir, int from, const std::string& why) {
  return conflict("upgrade_failed",
                  "The database can't be brought " + describe_steps(from) + ": " + why +
                      " Nothing of the office was changed. Fix that, or install the version "
                      "of Wardroom that served it before: it goes on with " +
                      dir.root.string() + " as it is.");
}

// What an upgrade changes nothing of.
struct Counts {
  std::int64_t records = 0, messages = 0, users = 0, rooms = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};
Result<Counts> count_rows(const fs::path& database) {
  auto db = sqlite::Connection::open(database, sqlite::Connection::Mode::read_only);
  if (!db) return db.error();
  auto row = (*db)->query(
      "SELECT (SELECT count(*) FROM audit_records), (SELECT count(*) FROM messages),"
      " (SELECT count(*) FROM users), (SELECT count(*) FROM rooms)");
  Counts counts;
  if (row.step())
    counts = {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
              row.get<std::int64_t>(3)};
  if ((*db)->failure()) return *(*db)->failure();
  return counts;
}

// Records of the log that holds.
Result<std::int64_t> migrate_and_check(const fs::path& copy) {
  auto db = store::open_database(copy);
  if (!db) return db.error();
  if (auto complete = audit::complete_nodes(**db); !complete) return complete.error();
  const auto checked = ops::check_copy(**db);
  if (!checked) return checked.error();
  return checked->records;
}

// That the way back was made and checked, as of every backup.
Result<void> append_way_back(const fs::path& copy, const LocalQuestion& made, TimePoint now) {
  auto db = store::open_database(copy);
  if (!db) return db.error();
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{**db, now, {}};
  for (const auto& record : backup_records(made)) audit::append_record(tx, record);
  return transaction.commit();
}

// An office of before there were signed heads gets its first key here. If the start made it, one that is
// killed between the upgrade and that would leave what looks like an office whose key and head were taken.
Result<void> make_first_key(const ops::DataDir& dir, const fs::path& copy, TimePoint now) {
  auto db = store::open_database(copy);
  if (!db) return db.error();
  const bool has_one = !audit::load_keys(**db).empty();
  if ((*db)->failure()) return *(*db)->failure();
  if (has_one) return ok();
  const auto options = load_options(dir.config());
  if (!options) return options.error();
  const auto signer =
      audit::HeadSigner::open(**db, dir.keys(), options->server.hosts.front() + "/wardroom", now,
                              [&dir](const std::string& note) { return ops::keep_head(dir, note); });
  return signer ? ok() : Result<void>(signer.error());
}

// Everything is in the file itself, so that nothing beside it would be taken for another's.
Result<void> fold_in_log(const fs::path& database) {
  {
    auto db = sqlite::Connection::open(database, sqlite::Connection::Mode::read_write);
    if (!db) return db.error();
    if (auto done = (*db)->run_script("PRAGMA wal_checkpoint(TRUNCATE)"); !done) return done;
  }
  std::error_code missing;
  const auto left = fs::file_size(database.string() + "-wal", missing);
  if (missing || left == 0) return ok();
  return unavailable("another process has " + database.string() + " open. Stop it.");
}

Result<void> make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return ok();
  return ops::file_error(folder, errno);
}

Result<void> copy_bytes(const fs::path& from, const fs::path& to) {
  std::error_code why;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, why);
  return why ? Result<void>(ops::file_error(to, why.value())) : ok();
}

// The way back is what the earlier program restores, so it is made before anything is migrated. What is
// migrated and checked afterwards is `copy_of_it`, made of what the way back holds: its log and its rows are
// checked there, by a program that knows their schema.
Result<fs::path> make_way_back(const ops::DataDir& dir, int from, const fs::path& copy_of_it) {
  if (auto made = make_folder(dir.upgrade()); !made) return made.error();
  const fs::path name = way_back_of(dir, from);
  auto copy = Unfinished::make(name.string() + ".part");
  if (!copy) return copy.error();
  if (auto copied = ops::copy_database(dir, copy->file()); !copied) return copied.error();
  if (auto copied = copy_bytes(copy->file(), copy_of_it); !copied) return copied.error();
  if (auto added = ops::add_office_files(dir, copy->file()); !added) return added.error();
  if (auto whole = check_way_back(copy->file()); !whole) return whole.error();
  if (auto kept = copy->keep_as(name); !kept) return kept.error();
  return name;
}

Result<void> replace_database(const ops::DataDir& dir, Unfinished& copy) {
  for (const auto& file : {copy.file(), dir.database()})
    if (auto folded = fold_in_log(file); !folded) return folded;
  for (const char* end : {"-wal", "-shm"}) ::unlink((dir.database().string() + end).c_str());
  return copy.keep_as(dir.database());
}

Result<fs::path> upgrade_copy(const ops::DataDir& dir, int from, TimePoint now) {
  if (auto room = check_free_space(dir); !room) return room.error();
  auto copy = Unfinished::make(dir.root / "wardroom.db.upgraded");
  if (!copy) return copy.error();
  auto way_back = make_way_back(dir, from, copy->file());
  if (!way_back) return way_back;
  const auto records = migrate_and_check(copy->file());
  if (!records) return records.error();
  const auto before = count_rows(*way_back), after = count_rows(copy->file());
  if (!before) return before.error();
  if (!after) return after.error();
  if (*before != *after) return conflict("rows_differ", "afterwards it would have other rows than before.");
  const auto digest = ops::digest_of_file(*way_back);
  if (!digest) return digest.error();
  std::error_code unknown;
  const LocalQuestion made{.act = LocalQuestion::Act::backup_ended,
                           .to = way_back->string(),
                           .records = *records,
                           .bytes = static_cast<std::int64_t>(fs::file_size(*way_back, unknown)),
                           .sha256 = *digest};
  if (auto told = append_way_back(copy->file(), made, now); !told) return told.error();
  if (auto made_key = make_first_key(dir, copy->file(), now); !made_key) return made_key.error();
  if (auto replaced = replace_database(dir, *copy); !replaced) return replaced.error();
  return way_back;
}

// One way back is enough, and each has all that was erased since.
void remove_other_ways_back(const ops::DataDir& dir, const fs::path& kept) {
  std::error_code unknown;
  for (const auto& entry : fs::directory_iterator(dir.upgrade(), unknown))
    if (entry.path() != kept) fs::remove(entry.path(), unknown);
}

}  // namespace

Result<void> check_way_back(const fs::path& file) {
  auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::inspect);
  if (!db) return db.error();
  const auto integrity = (*db)->find<std::string>("PRAGMA integrity_check(1)");
  if ((*db)->failure()) return *(*db)->failure();
  if (integrity == "ok") return ok();
  return make_error(ErrorCode::internal,
                    "the backup of before isn't sound: " + integrity.value_or("no answer") + ".",
                    "database_damaged");
}

Result<void> check_upgrade_room(const ops::DataDir& dir, int from) {
  if (!is_upgraded(from)) return ok();
  if (auto room = check_free_space(dir); !room) return upgrade_failed(dir, from, room.error().message);
  return ok();
}

Result<void> upgrade_schema(const ops::DataDir& dir, TimePoint now) {
  const auto from = version_of(dir.database());
  if (!from) return from.error();
  if (!is_upgraded(*from)) return ok();
  const int to = store::newest_schema_version();
  spdlog::info("server.upgrade_begun from={} to={}", *from, to);
  ops::tell_status("Bringing the database " + describe_steps(*from));
  const auto way_back = upgrade_copy(dir, *from, now);
  if (!way_back) return upgrade_failed(dir, *from, way_back.error().message);
  remove_other_ways_back(dir, *way_back);
  spdlog::info("server.upgraded from={} to={} backup={}", *from, to, way_back->string());
  return ok();
}

Result<std::unique_ptr<sqlite::Connection>> open_upgraded(const ops::DataDir& dir, TimePoint now) {
  if (auto upgraded = upgrade_schema(dir, now); !upgraded) return upgraded.error();
  return store::open_database(dir.database());
}

std::optional<fs::path> find_way_back(const ops::DataDir& dir) {
  std::error_code unknown;
  for (int version = store::newest_schema_version(); version > 0; --version)
    if (const auto file = way_back_of(dir, version); fs::exists(file, unknown)) return file;
  return std::nullopt;
}

void remove_old_way_back(const ops::DataDir& dir, std::chrono::days age, TimePoint now) {
  std::error_code unknown;
  for (const auto& entry : fs::directory_iterator(dir.upgrade(), unknown)) {
    struct stat info {};
    if (::stat(entry.path().c_str(), &info) != 0) continue;
    if (now - from_unix_ms(std::int64_t{info.st_mtime} * 1000) <= age) continue;
    if (fs::remove(entry.path(), unknown))
      spdlog::info("server.way_back_removed file={}", entry.path().string());
  }
}

}  // namespace wardroom::app
