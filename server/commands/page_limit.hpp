#pragma once

#include <optional>
#include <vector>

#include "common/base/result.hpp"
#include "protocol/limits.hpp"

namespace wardroom::commands {

// The `limit` of a page: 50 when left out, 1 to 200.
inline Result<std::int64_t> check_limit(const std::optional<std::int64_t>& limit) {
  const std::int64_t value = limit.value_or(static_cast<std::int64_t>(protocol::kDefaultPage));
  if (value < 1 || value > static_cast<std::int64_t>(protocol::kMaxPage))
    return params_error("params.limit", "params.limit must be from 1 to 200.");
  return value;
}

// Takes off the surplus row that was read to see whether there is more.
template <class T>
bool trim_page(std::vector<T>& rows, std::int64_t limit) {
  if (static_cast<std::int64_t>(rows.size()) <= limit) return false;
  rows.resize(static_cast<std::size_t>(limit));
  return true;
}

}  // namespace wardroom::commands
