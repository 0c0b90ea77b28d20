#pragma once

#include <optional>

#include "common/base/trusted_clock.hpp"
#include "common/sqlite/connection.hpp"

// What was believed of the machine's clock, in the table `meta`.
namespace wardroom::store {

// As it was kept last. In a database where it never was: the time of the log's newest record, or nothing
// without one.
std::optional<TrustedTime::Kept> load_clock(sqlite::Connection& db, TimePoint wall);
void store_clock(sqlite::Connection& db, const TrustedTime::Kept& kept);

}  // namespace wardroom::store
