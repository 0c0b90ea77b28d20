#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/sqlite/connection.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/types.hpp"

// The table `users`. Reading functions run on any connection, changing ones on the writer's; what can't be
// read looks like absent, and the connection remembers the failure. Removed accounts are found by nothing.
namespace wardroom::store {

struct UserRow {
  protocol::Account account;
  Bytes password;  // sealed; empty: none
  bool must_change = false;

  protocol::User user() const { return {account.id, account.name, account.display_name, account.role}; }
};

// From four columns, the first of which is `first`: id, name, display name, role.
protocol::User read_user(const sqlite::Cursor& row, int first = 0);
std::optional<UserRow> find_user(sqlite::Connection& db, UserId id);
std::optional<UserRow> find_user(sqlite::Connection& db, std::string_view name);
// By a name as somebody types it: as it is (imported authors' names keep their capitals), else without case.
// `not_found` names those that are nearest.
Result<UserRow> find_typed_user(sqlite::Connection& db, std::string_view typed);
std::vector<protocol::User> load_users(sqlite::Connection& db, const std::vector<UserId>& ids);

// Everybody, imported authors too; or who shares a room with this one, who is among them.
std::vector<protocol::User> load_known_people(sqlite::Connection& db, std::optional<UserId> sharing_with);

// By name, after `after`; `query` matches the start of the name or of a word of the display name, without
// case, accents and width: muller finds Müller.
std::vector<protocol::User> load_directory(sqlite::Connection& db, std::string_view query,
                                           std::string_view after, std::int64_t limit);
std::vector<protocol::Account> load_accounts(sqlite::Connection& db,
                                             const protocol::AdminUserList::Params& filter,
                                             std::int64_t limit);
std::int64_t count_accounts(sqlite::Connection& db, const protocol::AdminUserList::Params& filter);
std::int64_t count_active_admins(sqlite::Connection& db);
// Who reads the audit log: administrators and auditors who aren't disabled.
std::vector<UserId> find_audit_readers(sqlite::Connection& db);
bool share_a_room(sqlite::Connection& db, UserId a, UserId b);
// After `user` left `room`: for each guest whom that concerns, the user or those who stay, the people of the
// room with whom they share no other.
struct Parted {
  UserId guest;
  std::vector<UserId> people;
};
std::vector<Parted> load_parted(sqlite::Connection& db, RoomId room, UserId user);
// Everybody who shares no room with the person.
std::vector<UserId> load_strangers(sqlite::Connection& db, UserId user);

struct NewUser {
  std::string name;
  std::string display_name;
  protocol::Role role = protocol::Role::member;
  std::string email;
  bool imported = false;
};
// Nothing when the name is taken.
std::optional<UserId> insert_user(sqlite::Connection& db, const NewUser& user, TimePoint now);
void update_profile(sqlite::Connection& db, UserId id, std::string_view display_name, std::string_view email);
void update_role(sqlite::Connection& db, UserId id, protocol::Role role);
void update_disabled(sqlite::Connection& db, UserId id, bool disabled);
void update_password(sqlite::Connection& db, UserId id, const Bytes& sealed, bool must_change);
// Nobody signs in with the old password any more; the account waits for a new one.
void clear_password(sqlite::Connection& db, UserId id);
void update_must_change(sqlite::Connection& db, UserId id, bool must_change);
// Takes an account out of everything that is shown: its name is free again, its id never is.
void mark_removed(sqlite::Connection& db, UserId id);
void touch_user(sqlite::Connection& db, UserId id, TimePoint now);

}  // namespace wardroom::store
