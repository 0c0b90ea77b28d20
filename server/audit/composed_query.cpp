#include "server/audit/composed_query.hpp"

#include <sqlite3.h>

namespace wardroom::audit {

ComposedQuery::~ComposedQuery() {
  sqlite3_finalize(statement_);
}

void ComposedQuery::check(int code) {
  if (code == SQLITE_OK || failure_) return;
  failure_ = make_error(ErrorCode::internal,
                        std::string("The log couldn't be searched: ") + sqlite3_errmsg(db_.handle()));
}

void ComposedQuery::prepare() {
  if (statement_) return;
  check(sqlite3_prepare_v2(db_.handle(), sql_.data(), static_cast<int>(sql_.size()), &statement_, nullptr));
  if (failure_) return;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const int place = static_cast<int>(i) + 1;
    if (const auto* number = std::get_if<std::int64_t>(&values_[i]))
      check(sqlite3_bind_int64(statement_, place, *number));
    else
      check(sqlite3_bind_text64(statement_, place, std::get<std::string>(values_[i]).data(),
                                std::get<std::string>(values_[i]).size(), nullptr, SQLITE_UTF8));
  }
}

std::optional<std::int64_t> ComposedQuery::next() {
  if (done_) return std::nullopt;
  prepare();
  if (failure_) return std::nullopt;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return sqlite3_column_int64(statement_, 0);
  done_ = true;
  if (code != SQLITE_DONE) check(code);
  return std::nullopt;
}

bool ComposedQuery::matches(std::int64_t first) {
  prepare();
  if (failure_) return false;
  sqlite3_reset(statement_);
  check(sqlite3_bind_int64(statement_, 1, first));
  done_ = false;
  return next().has_value();
}

}  // namespace wardroom::audit
