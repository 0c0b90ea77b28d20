#pragma once

#include <chrono>
#include <optional>

#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::audit {

// What the server's last check of itself came to (server.integrity_checked).
struct LastCheck {
  AuditIndex record;
  TimePoint at;
  std::int64_t wrong = 0;     // things that don't hold
  std::int64_t unproven = 0;  // states of messages of which no hash is stored
  std::chrono::seconds took{};
  bool is_complete = true;  // false: it was given up, because the database can't be read
};

// Nothing when none is in the log, or the newest is of a version that compared no tables.
std::optional<LastCheck> load_last_check(sqlite::Connection& db);

}  // namespace wardroom::audit
