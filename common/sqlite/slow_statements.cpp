#include "common/sqlite/slow_statements.hpp"

#include <algorithm>
#include <exception>
#include <sqlite3.h>

namespace wardroom::sqlite {
namespace {

int on_statement_end(unsigned, void* watcher, void* statement, void* nanoseconds) {
  const auto took = std::chrono::nanoseconds{*static_cast<const sqlite3_int64*>(nanoseconds)};
  static_cast<SlowStatements*>(watcher)->note(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)), took);
  return 0;
}

}  // namespace

void SlowStatements::watch(Connection& db) {
  sqlite3_trace_v2(db.handle(), SQLITE_TRACE_PROFILE, on_statement_end, this);
}

void SlowStatements::note(const char* sql, std::chrono::nanoseconds took) noexcept {
  if (took < kSlow || sql == nullptr) return;
  try {
    const std::lock_guard lock(mutex_);
    const auto found = by_text_.find(sql);
    if (found == by_text_.end() && by_text_.size() == kMost) return;
    Row& row = found == by_text_.end() ? by_text_[sql] : found->second;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took);
    row.sql = sql;
    ++row.times;
    row.longest = std::max(row.longest, ms);
    row.total += ms;
  } catch (const std::exception&) {  // no memory for a note: it wasn't asked for by anybody
    return;
  }
}

std::vector<SlowStatements::Row> SlowStatements::rows() const {
  std::vector<Row> rows;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [sql, row] : by_text_) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.longest > b.longest; });
  return rows;
}

}  // namespace wardroom::sqlite
