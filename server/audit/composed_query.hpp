#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/sqlite/connection.hpp"

struct sqlite3_stmt;

namespace wardroom::audit {

// A value for a place in a query.
using Value = std::variant<std::int64_t, std::string>;

// A query for indexes whose conditions are known only when it is asked: fixed pieces of SQL, each value
// bound. SQLite pays for every condition at every row, so those that don't apply must not stand there.
// Failures end the rows and are found by failure(). `db` outlives it.
class ComposedQuery {
 public:
  explicit ComposedQuery(sqlite::Connection& db) : db_(db) {}
  ~ComposedQuery();
  ComposedQuery(const ComposedQuery&) = delete;
  ComposedQuery& operator=(const ComposedQuery&) = delete;

  // `sql` is a literal of ours, with a ? for the value where there is one.
  ComposedQuery& add(std::string_view sql) {
    sql_ += sql;
    return *this;
  }
  ComposedQuery& add(std::string_view sql, Value value) {
    sql_ += sql;
    values_.push_back(std::move(value));
    return *this;
  }

  // The first column of the next row.
  std::optional<std::int64_t> next();
  // Begins again with another first value; whether there is a row.
  bool matches(std::int64_t first);

  const std::optional<Error>& failure() const { return failure_; }

 private:
  void prepare();
  void check(int code);

  sqlite::Connection& db_;
  std::string sql_;
  std::vector<Value> values_;
  sqlite3_stmt* statement_ = nullptr;
  std::optional<Error> failure_;
  bool done_ = false;
};

}  // namespace wardroom::audit
