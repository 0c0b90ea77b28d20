#pragma once

#include <optional>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"

// The tables `second_factors` and `recovery_codes`. Secrets come sealed, recovery codes as digests.
namespace wardroom::store {

struct SecondFactorRow {
  Bytes secret;  // sealed
  bool confirmed = false;
  std::int64_t last_step = 0;  // a code of this step or an earlier one is spent
};
std::optional<SecondFactorRow> find_second_factor(sqlite::Connection& db, UserId user);
// Whether one is on: one that was only begun doesn't count.
bool has_second_factor(sqlite::Connection& db, UserId user);

// Begins again: what was begun before is dropped.
void begin_second_factor(sqlite::Connection& db, UserId user, const Bytes& sealed_secret);
void confirm_second_factor(sqlite::Connection& db, UserId user, TimePoint now);
// False when a code of this step or a later one was used before.
bool spend_step(sqlite::Connection& db, UserId user, std::int64_t step);
// The factor and its recovery codes.
void delete_second_factor(sqlite::Connection& db, UserId user);

// Earlier codes are void.
void replace_recovery_codes(sqlite::Connection& db, UserId user, const std::vector<Digest>& codes);
// False when it isn't one of the person's, or was used.
bool spend_recovery_code(sqlite::Connection& db, UserId user, const Digest& code, TimePoint now);
std::int64_t count_recovery_codes(sqlite::Connection& db, UserId user);  // unused ones

}  // namespace wardroom::store
