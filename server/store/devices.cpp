#include "server/store/devices.hpp"

namespace wardroom::store {

bool is_known_device(sqlite::Connection& db, UserId user, const Digest& key) {
  return db.find<std::int64_t>("SELECT 1 FROM devices WHERE user_id = ? AND key_hash = ?", user, key)
      .has_value();
}

void remember_device(sqlite::Connection& db, UserId user, const Digest& key, TimePoint now) {
  db.run(
      "INSERT INTO devices (user_id, key_hash, first_at, last_at) VALUES (?1,?2,?3,?3)"
      " ON CONFLICT (user_id, key_hash) DO UPDATE SET last_at = excluded.last_at",
      user, key, now);
  db.run(
      "DELETE FROM devices WHERE user_id = ?1 AND key_hash NOT IN"
      " (SELECT key_hash FROM devices WHERE user_id = ?1 ORDER BY last_at DESC, key_hash LIMIT 32)",
      user);
}

void forget_device_of(sqlite::Connection& db, SessionId session) {
  db.run(
      "DELETE FROM devices WHERE (user_id, key_hash) IN (SELECT user_id, device_key FROM sessions s WHERE id "
      "= ?"
      " AND NOT EXISTS (SELECT 1 FROM sessions o WHERE o.user_id = s.user_id AND o.device_key = s.device_key"
      " AND o.id <> s.id AND o.revoked_at IS NULL))",
      session);
}

void delete_old_devices(sqlite::Connection& db, TimePoint since) {
  db.run("DELETE FROM devices WHERE last_at < ?", since);
}

}  // namespace wardroom::store
