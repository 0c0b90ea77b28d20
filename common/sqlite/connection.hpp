#pragma once

#include <cassert>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/base/strong.hpp"
#include "common/sqlite/sql.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace wardroom::sqlite {

// The rows of one running query. Resets its statement when it goes; one cursor a statement at a time.
class Cursor {
 public:
  Cursor(Cursor&& other) noexcept;
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  // Moves to the next row; false at the end, and after a failure (which the connection remembers).
  bool step();

  // Column `i` of the current row, from 0. T: bool, std::int64_t, Strong<…>, TimePoint, std::string, Bytes,
  // std::string_view (valid until the next step), or an optional of these for NULL.
  template <class T>
  T get(int i) const;

 private:
  friend class Connection;
  Cursor(class Connection& db, sqlite3_stmt* statement) : db_(&db), statement_(statement) {}

  std::int64_t number(int i) const;
  std::string_view text(int i) const;
  bool is_null(int i) const;

  Connection* db_;
  sqlite3_stmt* statement_;
};

// One SQLite connection, used by one thread at a time.
//
// Errors stick: the first statement that fails is remembered, and every later one does nothing until
// clear_error(). A chain of statements can so be written straight down and checked once, where the
// transaction ends; a COMMIT after an error is refused, so nothing half-done is ever committed.
class Connection {
 public:
  enum class Mode {
    read_only,
    // As read_only, for who checks the rows against their schema, too: of a file that it opened to read
    // alone, SQLite forgets the CHECK constraints. Writes nothing, and leaves what is in the file's log
    // there; SQLite alone may play back a rollback journal that lies beside a file without a log.
    inspect,
    read_write,
    // Reads what nobody writes meanwhile, with all that its log holds, and makes and writes nothing: for a
    // disk that has no room even for the file through which connections share the log's index.
    frozen,
  };

  // Opens (and in read_write makes) the file; `vfs` names another sqlite3_vfs, for tests that fail on
  // purpose.
  static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, Mode mode,
                                                  const char* vfs = nullptr);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs a statement that returns no rows. False on failure.
  template <class... Args>
  bool run(Sql sql, const Args&... args) {
    Cursor cursor = start(sql, Texts::lent, args...);
    cursor.step();
    return !failure_;
  }

  template <class... Args>
  Cursor query(Sql sql, const Args&... args) {
    return start(sql, Texts::copied, args...);
  }

  // The first column of the first row, if there is a row.
  template <class T, class... Args>
  std::optional<T> find(Sql sql, const Args&... args) {
    Cursor cursor = start(sql, Texts::lent, args...);
    if (!cursor.step()) return std::nullopt;
    return cursor.template get<T>(0);
  }

  // Runs a script of several statements without parameters (migrations, pragmas).
  Result<void> run_script(const std::string& sql);

  std::int64_t last_insert_id() const;
  // Rows that the last run() changed.
  std::int64_t changes() const;
  // Rows that all statements so far changed, also those that were undone.
  std::int64_t total_changes() const;
  // Which writes are counted: to this column of a table; empty: its rows that come and go.
  using Concerns = bool (*)(std::string_view table, std::string_view column);
  // From now on counts each start of a statement that writes what concerns, whether a row fits or not. It is
  // SQLite that says what a statement writes, triggers and foreign keys included. No cursor is open.
  void watch_writes(Concerns concerns);
  std::uint64_t watched_writes() const { return watched_writes_; }
  // Whether a transaction is open. SQLite closes it by itself after some I/O errors.
  bool in_transaction() const;

  const std::optional<Error>& failure() const { return failure_; }
  // SQLite's extended result code of the failure; 0 when there is none.
  int failure_code() const { return failure_code_; }
  void clear_error();

  sqlite3* handle() const { return handle_; }

 private:
  friend class Cursor;
  explicit Connection(sqlite3* handle) : handle_(handle) {}

  // A cursor may outlive the texts and blobs that it was made with; then they are copied.
  enum class Texts { copied, lent };

  template <class... Args>
  Cursor start(Sql sql, Texts texts, const Args&... args) {
    sqlite3_stmt* statement = prepare(sql);
    texts_ = texts;
    int i = 0;
    (bind(statement, ++i, args), ...);
    return Cursor(*this, statement);
  }
  sqlite3_stmt* prepare(Sql sql);
  static int note_write(void* self, int action, const char* table, const char* column, const char* database,
                        const char* trigger) noexcept;
  void fail(int code);
  bool is_for_want_of_room(int code) const;
  void check_bind(int code);

  void bind(sqlite3_stmt* statement, int i, std::int64_t value);
  void bind(sqlite3_stmt* statement, int i, std::string_view value);
  void bind(sqlite3_stmt* statement, int i, std::span<const std::byte> value);
  void bind_null(sqlite3_stmt* statement, int i);
  void bind(sqlite3_stmt* statement, int i, int value) { bind(statement, i, std::int64_t{value}); }
  void bind(sqlite3_stmt* statement, int i, bool value) { bind(statement, i, std::int64_t{value}); }
  void bind(sqlite3_stmt* statement, int i, std::size_t value) {
    bind(statement, i, static_cast<std::int64_t>(value));
  }
  void bind(sqlite3_stmt* statement, int i, TimePoint value) { bind(statement, i, to_unix_ms(value)); }
  void bind(sqlite3_stmt* statement, int i, const char* value) {
    bind(statement, i, std::string_view(value));
  }
  void bind(sqlite3_stmt* statement, int i, const std::string& value) {
    bind(statement, i, std::string_view(value));
  }
  void bind(sqlite3_stmt* statement, int i, const Bytes& value) {
    bind(statement, i, std::span<const std::byte>(value));
  }
  template <std::size_t N>
  void bind(sqlite3_stmt* statement, int i, const std::array<std::byte, N>& value) {
    bind(statement, i, std::span<const std::byte>(value));
  }
  template <class Tag>
  void bind(sqlite3_stmt* statement, int i, Strong<Tag> value) {
    bind(statement, i, value.value);
  }
  template <class T>
  void bind(sqlite3_stmt* statement, int i, const std::optional<T>& value) {
    if (value)
      bind(statement, i, *value);
    else
      bind_null(statement, i);
  }

  struct Statement {
    sqlite3_stmt* handle = nullptr;
    bool is_watched = false;  // writes what concerns
  };

  sqlite3* handle_;
  std::unordered_map<const char*, Statement> statements_;
  Concerns concerns_ = nullptr;
  std::uint64_t watched_writes_ = 0;
  std::optional<Error> failure_;
  int failure_code_ = 0;
  Texts texts_ = Texts::copied;  // of the statement that is being bound
};

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
}  // namespace detail

template <class T>
T Cursor::get(int i) const {
  if constexpr (detail::is_optional<T>) {
    if (is_null(i)) return std::nullopt;
    return get<typename T::value_type>(i);
  } else if constexpr (std::is_same_v<T, bool>) {
    return number(i) != 0;
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return number(i);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    return from_unix_ms(number(i));
  } else if constexpr (std::is_same_v<T, std::string_view>) {
    return text(i);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return std::string(text(i));
  } else if constexpr (std::is_same_v<T, Bytes>) {
    const auto bytes = as_bytes(text(i));
    return Bytes(bytes.begin(), bytes.end());
  } else {
    return T{number(i)};
  }
}

}  // namespace wardroom::sqlite
