#include "server/store/second_factors.hpp"

namespace wardroom::store {

std::optional<SecondFactorRow> find_second_factor(sqlite::Connection& db, UserId user) {
  auto row = db.query(
      "SELECT secret, confirmed_at IS NOT NULL, last_step FROM second_factors WHERE user_id = ?", user);
  if (!row.step()) return std::nullopt;
  return SecondFactorRow{row.get<Bytes>(0), row.get<bool>(1), row.get<std::int64_t>(2)};
}

bool has_second_factor(sqlite::Connection& db, UserId user) {
  return db
      .find<std::int64_t>("SELECT 1 FROM second_factors WHERE user_id = ? AND confirmed_at IS NOT NULL", user)
      .has_value();
}

void begin_second_factor(sqlite::Connection& db, UserId user, const Bytes& sealed_secret) {
  db.run(
      "INSERT INTO second_factors (user_id, secret) VALUES (?,?)"
      " ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, confirmed_at = NULL, last_step = 0",
      user, sealed_secret);
}

void confirm_second_factor(sqlite::Connection& db, UserId user, TimePoint now) {
  db.run("UPDATE second_factors SET confirmed_at = ? WHERE user_id = ?", now, user);
}

bool spend_step(sqlite::Connection& db, UserId user, std::int64_t step) {
  db.run("UPDATE second_factors SET last_step = ?1 WHERE user_id = ?2 AND last_step < ?1", step, user);
  return !db.failure() && db.changes() > 0;
}

void delete_second_factor(sqlite::Connection& db, UserId user) {
  db.run("DELETE FROM second_factors WHERE user_id = ?", user);
  db.run("DELETE FROM recovery_codes WHERE user_id = ?", user);
}

void replace_recovery_codes(sqlite::Connection& db, UserId user, const std::vector<Digest>& codes) {
  db.run("DELETE FROM recovery_codes WHERE user_id = ?", user);
  for (const Digest& code : codes)
    db.run("INSERT INTO recovery_codes (user_id, code_hash) VALUES (?,?)", user, code);
}

bool spend_recovery_code(sqlite::Connection& db, UserId user, const Digest& code, TimePoint now) {
  db.run("UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL", now,
         user, code);
  return !db.failure() && db.changes() > 0;
}

std::int64_t count_recovery_codes(sqlite::Connection& db, UserId user) {
  return db
      .find<std::int64_t>("SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL", user)
      .value_or(0);
}

}  // namespace wardroom::store
