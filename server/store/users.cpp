#include "server/store/users.hpp"

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

// For LIKE ... ESCAPE '\'.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

protocol::User read_user(const sqlite::Cursor& row) {
  return {row.get<UserId>(0), row.get<std::string>(1), row.get<std::string>(2),
          protocol::parse_enum<Role>(row.get<std::string_view>(3)).value_or(Role::guest)};
}

}  // namespace

std::optional<UserRow> find_user(sqlite::Connection& db, UserId id) {
  static constexpr auto kById = kSelectAccount + " FROM users WHERE id = ? AND removed = 0";
  return read_row(db.query(kById, id));
}

std::optional<UserRow> find_user(sqlite::Connection& db, std::string_view name) {
  static constexpr auto kByName = kSelectAccount + " FROM users WHERE name = ? AND removed = 0";
  return read_row(db.query(kByName, name));
}

std::vector<protocol::User> load_users(sqlite::Connection& db, const std::vector<UserId>& ids) {
  std::vector<protocol::User> users;
  for (const UserId id : ids) {
    auto row = db.query("SELECT id, name, display_name, role FROM users WHERE id = ? AND removed = 0", id);
    if (row.step()) users.push_back(read_user(row));
  }
  return users;
}

std::vector<protocol::User> load_directory(sqlite::Connection& db, std::string_view query,
                                           std::string_view after, std::int64_t limit) {
  const std::string start = escaped(query) + "%";
  auto row = db.query(
      "SELECT id, name, display_name, role FROM users WHERE name > ? AND disabled = 0 AND imported = 0 AND "
      "removed = 0"
      " AND (name LIKE ? ESCAPE '\\' OR display_name LIKE ? ESCAPE '\\' OR display_name LIKE ? ESCAPE '\\')"
      " ORDER BY name LIMIT ?",
      after, start, start, "% " + start, limit);
  std::vector<protocol::User> users;
  while (row.step()) users.push_back(read_user(row));
  return users;
}

namespace {

// The filters of admin.user_list; ?1 pattern or NULL, ?2 role or NULL, ?3 disabled or NULL, ?4 imported.
constexpr sqlite::SqlPiece kFromFiltered =
    " FROM users WHERE (?1 IS NULL OR name LIKE ?1 ESCAPE '\\' OR display_name LIKE ?1 ESCAPE '\\'"
    " OR email LIKE ?1 ESCAPE '\\')"
    " AND (?2 IS NULL OR role = ?2) AND (?3 IS NULL OR disabled = ?3) AND imported = ?4 AND removed = 0";

struct AccountFilter {
  std::optional<std::string> pattern;
  std::optional<std::string> role;
  std::optional<bool> disabled;
  bool imported = false;
};

AccountFilter to_filter(const protocol::AdminUserList::Params& params) {
  AccountFilter filter;
  if (params.query && !params.query->empty()) filter.pattern = "%" + escaped(*params.query) + "%";
  if (params.role) filter.role = std::string(protocol::enum_name(*params.role));
  filter.disabled = params.disabled;
  filter.imported = params.imported.value_or(false);
  return filter;
}

}  // namespace

std::vector<protocol::Account> load_accounts(sqlite::Connection& db,
                                             const protocol::AdminUserList::Params& params,
                                             std::int64_t limit) {
  static constexpr auto kPage = kSelectAccount + kFromFiltered + " AND name > ?5 ORDER BY name LIMIT ?6";
  const AccountFilter f = to_filter(params);
  auto row = db.query(kPage, f.pattern, f.role, f.disabled, f.imported, params.after.value_or(""), limit);
  std::vector<protocol::Account> accounts;
  while (row.step()) accounts.push_back(read_account(row));
  return accounts;
}

std::int64_t count_accounts(sqlite::Connection& db, const protocol::AdminUserList::Params& params) {
  static constexpr auto kCount = sqlite::SqlPiece("SELECT count(*)") + kFromFiltered;
  const AccountFilter f = to_filter(params);
  return db.find<std::int64_t>(kCount, f.pattern, f.role, f.disabled, f.imported).value_or(0);
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
