#include "common/sqlite/connection.hpp"

#include <filesystem>
#include <sqlite3.h>

#include "common/base/disk_room.hpp"
#include "common/sqlite/disk_limits.hpp"

namespace wardroom::sqlite {
namespace {

int open_flags(Connection::Mode mode) {
  using Mode = Connection::Mode;
  if (mode == Mode::read_write) return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  // Of a file that is write-protected SQLite makes READONLY of it.
  return mode == Mode::inspect ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
}

// Whether a file of the database may not grow by a page any more: a full disk to whoever meets it. SQLite
// doesn't keep the system's reason, EFBIG.
bool is_at_size_limit(sqlite3* handle) {
  constexpr std::uintmax_t kPage = 64 * 1024;
  const auto limit = most_file_bytes();
  if (!limit) return false;
  const char* main = sqlite3_db_filename(handle, "main");
  if (!main) return false;
  for (const char* end : {"", "-wal"}) {
    std::error_code unknown;
    const auto size = std::filesystem::file_size(std::string(main) + end, unknown);
    if (!unknown && size + kPage > *limit) return true;
  }
  return false;
}

// Whether the account's share of the disk is used up, which SQLite takes for a disk that fails. The
// reason stands at the file that couldn't be written: the database, or the log beside it.
bool is_over_quota(sqlite3* handle) {
  int why = 0;
  if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &why) == SQLITE_OK && says_quota(why))
    return true;
  sqlite3_file* log = nullptr;
  return sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
         log->pMethods && log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &why) == SQLITE_OK &&
         says_quota(why);
}

Error to_error(int code, sqlite3* handle) {
  const std::string detail = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return make_error(ErrorCode::unavailable,
                        "The disk is full. Free some space; nothing that was acknowledged is lost.",
                        "disk_full");
    case SQLITE_IOERR:
      return make_error(ErrorCode::unavailable, "The disk fails to read or write (" + detail + ").",
                        "disk_error");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return make_error(ErrorCode::unavailable, "The database is in use by another process.",
                        "database_busy");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return make_error(ErrorCode::internal, "The database is damaged (" + detail + "). Restore a backup.",
                        "database_damaged");
    case SQLITE_CANTOPEN:
      return make_error(ErrorCode::unavailable, "The database file can't be opened (" + detail + ").",
                        "database_missing");
    case SQLITE_READONLY:
      return make_error(ErrorCode::unavailable,
                        "The database can't be written (" + detail + "). Check the files' owner.",
                        "database_read_only");
    default:
      return make_error(ErrorCode::internal, "The database refused a statement (" + detail + ").",
                        "database");
  }
}

}  // namespace

Cursor::Cursor(Cursor&& other) noexcept : db_(other.db_), statement_(other.statement_) {
  other.statement_ = nullptr;
}

Cursor::~Cursor() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Cursor::step() {
  if (db_->failure_ || !statement_) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) db_->fail(sqlite3_extended_errcode(db_->handle_));
  return false;
}

std::int64_t Cursor::number(int i) const {
  return sqlite3_column_int64(statement_, i);
}
bool Cursor::is_null(int i) const {
  return sqlite3_column_type(statement_, i) == SQLITE_NULL;
}
std::string_view Cursor::text(int i) const {
  const void* data = sqlite3_column_blob(statement_, i);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, i));
  return size == 0 ? std::string_view{} : std::string_view{static_cast<const char*>(data), size};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, Mode mode,
                                                     const char* vfs) {
  // Statistics of SQLite's memory, which nobody reads, would take a lock for each allocation.
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | open_flags(mode);
  // Without locks, several connections can each have the log's index to themselves.
  if (mode == Mode::frozen) vfs = kVfsWithoutLocks;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.string().c_str(), &handle, flags, vfs);
  if (code != SQLITE_OK) {
    Error error = to_error(code, handle);
    error.message = file.string() + ": " + error.message;
    sqlite3_close_v2(handle);
    return error;
  }
  sqlite3_busy_timeout(handle, 5000);
  std::unique_ptr<Connection> db(new Connection(handle));
  if (mode != Mode::frozen && mode != Mode::inspect) return db;
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // "Use of WAL without shared memory" in SQLite's documents: the index is in memory.
  auto done =
      db->run_script(mode == Mode::inspect ? "PRAGMA query_only = ON"
                                           : "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY");
  if (!done) return done.error();
  return db;
}

Connection::~Connection() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement.handle);
  sqlite3_close_v2(handle_);
}

sqlite3_stmt* Connection::prepare(Sql sql) {
  if (failure_) return nullptr;
  Statement& statement = statements_[sql.text()];
  if (!statement.handle) {
    const std::uint64_t before = watched_writes_;
    const int code =
        sqlite3_prepare_v3(handle_, sql.text(), -1, SQLITE_PREPARE_PERSISTENT, &statement.handle, nullptr);
    if (code != SQLITE_OK) fail(code);
    statement.is_watched = watched_writes_ != before;
  } else if (statement.is_watched) {
    ++watched_writes_;
  }
  assert(failure_ || !sqlite3_stmt_busy(statement.handle));
  return statement.handle;
}

// SQLite asks for permission (sqlite3_set_authorizer) once for each column that an UPDATE sets, and once for
// each table that rows are put into or taken from. Everything is permitted.
int Connection::note_write(void* self, int action, const char* table, const char* column, const char*,
                           const char*) noexcept {
  Connection& db = *static_cast<Connection*>(self);
  const bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
  if (writes && db.concerns_(table ? table : "", action == SQLITE_UPDATE && column ? column : ""))
    ++db.watched_writes_;
  return SQLITE_OK;
}

void Connection::watch_writes(Concerns concerns) {
  concerns_ = concerns;
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement.handle);
  statements_.clear();  // nobody looked at what those write
  sqlite3_set_authorizer(handle_, note_write, this);
}

Result<void> Connection::run_script(const std::string& sql) {
  if (failure_) return *failure_;
  if (const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) {
    fail(code);
    return *failure_;
  }
  return ok();
}

void Connection::fail(int code) {
  if (failure_) return;
  if (is_for_want_of_room(code)) code = SQLITE_FULL;
  failure_ = to_error(code, handle_);
  failure_code_ = code;
}

// SQLite says SQLITE_FULL of ENOSPC in a write alone: not of a quota, nor of a file that it can't make or
// lengthen. A failed sync stays one, whatever the reason (decision record 0003).
bool Connection::is_for_want_of_room(int code) const {
  constexpr std::uint64_t kLeast = 64 * 1024;
  switch (code) {
    case SQLITE_IOERR_WRITE:
      if (is_at_size_limit(handle_) || is_over_quota(handle_)) return true;
      break;
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMMAP:
    case SQLITE_CANTOPEN:  // the database itself was opened: a file beside it
      break;
    default:
      return false;
  }
  const char* main = sqlite3_db_filename(handle_, "main");
  return main && *main && !has_room(std::filesystem::path(main).parent_path(), kLeast);
}

void Connection::clear_error() {
  failure_.reset();
  failure_code_ = 0;
}

void Connection::check_bind(int code) {
  if (code != SQLITE_OK) fail(code);
}

void Connection::bind(sqlite3_stmt* statement, int i, std::int64_t value) {
  if (statement) check_bind(sqlite3_bind_int64(statement, i, value));
}
void Connection::bind(sqlite3_stmt* statement, int i, std::string_view value) {
  if (!statement) return;
  check_bind(sqlite3_bind_text64(statement, i, value.data() ? value.data() : "", value.size(),
                                 texts_ == Texts::lent ? SQLITE_STATIC : SQLITE_TRANSIENT, SQLITE_UTF8));
}
void Connection::bind(sqlite3_stmt* statement, int i, std::span<const std::byte> value) {
  if (!statement) return;
  check_bind(sqlite3_bind_blob64(statement, i, value.data() ? static_cast<const void*>(value.data()) : "",
                                 value.size(), texts_ == Texts::lent ? SQLITE_STATIC : SQLITE_TRANSIENT));
}
void Connection::bind_null(sqlite3_stmt* statement, int i) {
  if (statement) check_bind(sqlite3_bind_null(statement, i));
}

std::int64_t Connection::last_insert_id() const {
  return sqlite3_last_insert_rowid(handle_);
}
std::int64_t Connection::changes() const {
  return sqlite3_changes64(handle_);
}
std::int64_t Connection::total_changes() const {
  return sqlite3_total_changes64(handle_);
}
bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

}  // namespace wardroom::sqlite
