#include "server/store/users.hpp"

#include <functional>

#include "common/text/nearest.hpp"
#include "common/text/search_text.hpp"
#include "common/text/unicode.hpp"
#include "protocol/codec.hpp"

namespace wardroom::store {
namespace {

using protocol::Role;

constexpr sqlite::SqlPiece kSelectAccount =
    "SELECT id, name, display_name, role, email, disabled, password IS NOT NULL, imported, created_at,"
    " last_seen_at, password, must_change, EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = users.id"
    " AND f.confirmed_at IS NOT NULL)";

protocol::Account read_account(const sqlite::Cursor& row) {
  protocol::Account account;
  account.id = row.get<UserId>(0);
  account.name = row.get<std::string>(1);
  account.display_name = row.get<std::string>(2);
  account.role = protocol::parse_enum<Role>(row.get<std::string_view>(3)).value_or(Role::guest);
  account.email = row.get<std::string>(4);
  account.disabled = row.get<bool>(5);
  account.has_password = row.get<bool>(6);
  account.imported = row.get<bool>(7);
  account.created_at = row.get<TimePoint>(8);
  account.last_seen_at = row.get<std::optional<TimePoint>>(9);
  account.must_change_password = row.get<bool>(11);
  account.second_factor = row.get<bool>(12);
  return account;
}

std::optional<UserRow> read_row(sqlite::Cursor row) {
  if (!row.step()) return std::nullopt;
  return UserRow{read_account(row), row.get<Bytes>(10), row.get<bool>(11)};
}

// `query` is folded.
bool starts_a_word(std::string_view text, std::string_view query) {
  const std::string words = " " + text::folded_for_search(text);
  return words.find(" " + std::string(query)) != std::string::npos;
}

}  // namespace

protocol::User read_user(const sqlite::Cursor& row, int first) {
  return {row.get<UserId>(first), row.get<std::string>(first + 1), row.get<std::string>(first + 2),
          protocol::parse_enum<Role>(row.get<std::string_view>(first + 3)).value_or(Role::guest)};
}

std::optional<UserRow> find_user(sqlite::Connection& db, UserId id) {
  static constexpr auto kById = kSelectAccount + " FROM users WHERE id = ? AND removed = 0";
  return read_row(db.query(kById, id));
}

std::optional<UserRow> find_user(sqlite::Connection& db, std::string_view name) {
  static constexpr auto kByName = kSelectAccount + " FROM users WHERE name = ? AND removed = 0";
  return read_row(db.query(kByName, name));
}

Result<UserRow> find_typed_user(sqlite::Connection& db, std::string_view typed) {
  if (auto row = find_user(db, typed)) return std::move(*row);
  if (auto row = find_user(db, text::casefolded(typed))) return std::move(*row);
  text::Nearest nearest(typed);
  auto row = db.query("SELECT name FROM users WHERE removed = 0");
  while (row.step()) nearest.add(row.get<std::string>(0));
  const auto meant = text::did_you_mean(nearest.names());
  return not_found("There is no account called " + std::string(typed) + "." +
                   (meant.empty() ? "" : " " + meant));
}

std::vector<protocol::User> load_users(sqlite::Connection& db, const std::vector<UserId>& ids) {
  std::vector<protocol::User> users;
  for (const UserId id : ids) {
    auto row = db.query("SELECT id, name, display_name, role FROM users WHERE id = ? AND removed = 0", id);
    if (row.step()) users.push_back(read_user(row));
  }
  return users;
}

std::vector<protocol::User> load_known_people(sqlite::Connection& db, std::optional<UserId> sharing_with) {
  auto row = db.query(
      "SELECT id, name, display_name, role FROM users WHERE removed = 0 AND (?1 IS NULL OR id = ?1 OR id IN"
      " (SELECT y.user_id FROM members x JOIN members y ON y.room_id = x.room_id WHERE x.user_id = ?1))"
      " ORDER BY name",
      sharing_with);
  std::vector<protocol::User> users;
  while (row.step()) users.push_back(read_user(row));
  return users;
}

std::vector<protocol::User> load_directory(sqlite::Connection& db, std::string_view query,
                                           std::string_view after, std::int64_t limit) {
  const std::string wanted = text::folded_for_search(query);
  auto row = db.query(
      "SELECT id, name, display_name, role FROM users WHERE name > ? AND disabled = 0 AND imported = 0 AND "
      "removed = 0 ORDER BY name",
      after);
  std::vector<protocol::User> users;
  while (static_cast<std::int64_t>(users.size()) < limit && row.step()) {
    auto user = read_user(row);
    if (text::folded_for_search(user.name).starts_with(wanted) || starts_a_word(user.display_name, wanted))
      users.push_back(std::move(user));
  }
  return users;
}

namespace {

// The accounts after `after` that fit the filters of admin.user_list, by name, until `take` returns false.
void for_each_account(sqlite::Connection& db, const protocol::AdminUserList::Params& filter,
                      std::string_view after, const std::function<bool(protocol::Account&)>& take) {
  const std::string wanted = text::folded_for_search(filter.query.value_or(""));
  std::optional<std::string> role;
  if (filter.role) role = std::string(protocol::enum_name(*filter.role));
  static constexpr auto kFiltered =
      kSelectAccount +
      " FROM users WHERE (?1 IS NULL OR role = ?1) AND (?2 IS NULL OR disabled = ?2)"
      " AND imported = ?3 AND removed = 0 AND name > ?4 ORDER BY name";
  auto row = db.query(kFiltered, role, filter.disabled, filter.imported.value_or(false), after);
  const auto fits = [&wanted](std::string_view text) {
    return text::folded_for_search(text).find(wanted) != std::string::npos;
  };
  while (row.step()) {
    auto account = read_account(row);
    if ((fits(account.name) || fits(account.display_name) || fits(account.email)) && !take(account)) return;
  }
}

}  // namespace

std::vector<protocol::Account> load_accounts(sqlite::Connection& db,
                                             const protocol::AdminUserList::Params& filter,
                                             std::int64_t limit) {
  std::vector<protocol::Account> accounts;
  for_each_account(db, filter, filter.after.value_or(""), [&](protocol::Account& account) {
    accounts.push_back(std::move(account));
    return static_cast<std::int64_t>(accounts.size()) < limit;
  });
  return accounts;
}

std::int64_t count_accounts(sqlite::Connection& db, const protocol::AdminUserList::Params& filter) {
  std::int64_t count = 0;
  for_each_account(db, filter, "", [&count](const protocol::Account&) { return ++count > 0; });
  return count;
}

std::int64_t count_active_admins(sqlite::Connection& db) {
  return db
      .find<std::int64_t>(
          "SELECT count(*) FROM users WHERE role = 'admin' AND disabled = 0 AND password IS NOT NULL")
      .value_or(0);
}

std::vector<UserId> find_audit_readers(sqlite::Connection& db) {
  auto row = db.query("SELECT id FROM users WHERE role IN ('admin', 'auditor') AND disabled = 0");
  std::vector<UserId> users;
  while (row.step()) users.push_back(row.get<UserId>(0));
  return users;
}

bool share_a_room(sqlite::Connection& db, UserId a, UserId b) {
  return db
      .find<std::int64_t>(
          "SELECT 1 FROM members x JOIN members y ON y.room_id = x.room_id AND y.user_id = ?2 WHERE "
          "x.user_id = ?1 LIMIT 1",
          a, b)
      .has_value();
}

std::vector<Parted> load_parted(sqlite::Connection& db, RoomId room, UserId user) {
  const bool is_guest =
      db.find<std::int64_t>("SELECT 1 FROM users WHERE id = ? AND role = 'guest'", user).has_value();
  std::vector<Parted> parted;
  Parted own{user, {}};
  auto row = db.query(
      "SELECT m.user_id, u.role = 'guest' FROM members m JOIN users u ON u.id = m.user_id"
      " WHERE m.room_id = ?1 AND (u.role = 'guest' OR ?3)"
      " AND NOT EXISTS (SELECT 1 FROM members x JOIN members y ON y.room_id = x.room_id AND y.user_id = ?2"
      "  WHERE x.user_id = m.user_id)",
      room, user, is_guest);
  while (row.step()) {
    own.people.push_back(row.get<UserId>(0));
    if (row.get<bool>(1)) parted.push_back({row.get<UserId>(0), {user}});
  }
  if (is_guest && !own.people.empty()) parted.push_back(std::move(own));
  return parted;
}

std::vector<UserId> load_strangers(sqlite::Connection& db, UserId user) {
  auto row = db.query(
      "SELECT id FROM users WHERE id <> ?1 AND id NOT IN"
      " (SELECT y.user_id FROM members x JOIN members y ON y.room_id = x.room_id WHERE x.user_id = ?1)",
      user);
  std::vector<UserId> users;
  while (row.step()) users.push_back(row.get<UserId>(0));
  return users;
}

std::optional<UserId> insert_user(sqlite::Connection& db, const NewUser& user, TimePoint now) {
  db.run(
      "INSERT INTO users (name, display_name, role, email, imported, created_at) VALUES (?,?,?,?,?,?)"
      " ON CONFLICT (name) DO NOTHING",
      user.name, user.display_name, protocol::enum_name(user.role), user.email, user.imported, now);
  if (db.failure() || db.changes() == 0) return std::nullopt;
  return UserId{db.last_insert_id()};
}

void update_profile(sqlite::Connection& db, UserId id, std::string_view display_name,
                    std::string_view email) {
  db.run("UPDATE users SET display_name = ?, email = ? WHERE id = ?", display_name, email, id);
}

void update_role(sqlite::Connection& db, UserId id, Role role) {
  db.run("UPDATE users SET role = ? WHERE id = ?", protocol::enum_name(role), id);
}

void update_disabled(sqlite::Connection& db, UserId id, bool disabled) {
  db.run("UPDATE users SET disabled = ? WHERE id = ?", disabled, id);
}

void update_password(sqlite::Connection& db, UserId id, const Bytes& sealed, bool must_change) {
  db.run("UPDATE users SET password = ?, must_change = ? WHERE id = ?", sealed, must_change, id);
}

void clear_password(sqlite::Connection& db, UserId id) {
  db.run("UPDATE users SET password = NULL, must_change = 0 WHERE id = ?", id);
}

void update_must_change(sqlite::Connection& db, UserId id, bool must_change) {
  db.run("UPDATE users SET must_change = ? WHERE id = ?", must_change, id);
}

void mark_removed(sqlite::Connection& db, UserId id) {
  db.run(
      "UPDATE users SET removed = 1, disabled = 1, name = 'removed:' || id, display_name = 'Removed account',"
      " email = '' WHERE id = ?",
      id);
}

void touch_user(sqlite::Connection& db, UserId id, TimePoint now) {
  db.run("UPDATE users SET last_seen_at = ? WHERE id = ?", now, id);
}

}  // namespace wardroom::store
