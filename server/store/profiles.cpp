#include "server/store/profiles.hpp"

namespace wardroom::store {

ProfileRow load_profile(sqlite::Connection& db, UserId user) {
  auto row = db.query(
      "SELECT title, pronouns, time_zone, status, status_until FROM profiles WHERE user_id = ?", user);
  if (!row.step()) return {};
  return {row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
          row.get<std::optional<TimePoint>>(4)};
}

void store_profile(sqlite::Connection& db, UserId user, const ProfileRow& p) {
  db.run(
      "INSERT INTO profiles (user_id, title, pronouns, time_zone, status, status_until) VALUES (?,?,?,?,?,?)"
      " ON CONFLICT (user_id) DO UPDATE SET title = excluded.title, pronouns = excluded.pronouns,"
      " time_zone = excluded.time_zone, status = excluded.status, status_until = excluded.status_until",
      user, p.title, p.pronouns, p.time_zone, p.status, p.status_until);
}

std::vector<Status> load_statuses(sqlite::Connection& db, TimePoint now) {
  std::vector<Status> statuses;
  auto row = db.query(
      "SELECT user_id, status, status_until FROM profiles WHERE status <> ''"
      " AND (status_until IS NULL OR status_until > ?)",
      now);
  while (row.step())
    statuses.push_back({row.get<UserId>(0), row.get<std::string>(1), row.get<std::optional<TimePoint>>(2)});
  return statuses;
}

void erase_own_texts(sqlite::Connection& db, UserId user) {
  db.run("DELETE FROM drafts WHERE user_id = ?", user);
  db.run("DELETE FROM sidebars WHERE user_id = ?", user);
  db.run("DELETE FROM profiles WHERE user_id = ?", user);
}

}  // namespace wardroom::store
