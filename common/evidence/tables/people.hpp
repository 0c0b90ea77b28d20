#pragma once

#include <set>

#include "common/evidence/tables/replayed_table.hpp"

namespace wardroom::evidence {

// Accounts with their second factors, sessions, invites, and accounts from a file, as the records lead to
// them.
class PeopleReplay {
 public:
  void take(const Act& act);
  void note_pruned(std::int64_t idx, std::string_view type);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  void take_user(const Act& act);
  void take_session(const Act& act);
  void take_invite(const Act& act);
  void take_second_factor(const Act& act);
  void take_import(const Act& act);
  void make_invite(const Act& act, std::int64_t id, std::vector<ReplayedTable::Field> fields);
  // Open ones for this person ("setup": set-up codes) are worth nothing from now on.
  void end_invites(const Act& act, const std::string& for_whom);
  ReplayedTable::Field role_of(const std::string& user) const;
  ReplayedTable::Field resets(const std::string& user) const;
  void compare_imported(sqlite::Connection& db, TablesReport& report) const;
  // What belongs to nothing that is compared.
  void find_strays(sqlite::Connection& db, TablesReport& report) const;

  ReplayedTable users_{
      "users",
      {"name", "role", "disabled", "removed", "display_name", "email", "must_change"},
      {"user.created", "user.role_changed", "user.disabled", "user.enabled", "user.deleted", "user.renamed",
       "auth.password.change_asked", "auth.password.changed", "auth.password.reset_issued"},
      {"user.created"}};
  ReplayedTable sessions_{"sessions",
                          {"user_id", "device", "client", "expires_at", "token_hash", "ended"},
                          {"session.created", "session.revoked", "session.expired", "auth.logout"},
                          {"session.created"}};
  ReplayedTable invites_{
      "invites",
      {"setup", "user_id", "role", "created_by", "expires_at", "token_hash", "reset", "ended"},
      {"invite.created", "invite.used", "invite.revoked", "auth.password.reset_issued",
       "auth.password.reset_used", "user.disabled", "user.deleted"},
      {"invite.created", "auth.password.reset_issued"}};
  ReplayedTable factors_{
      "second_factors",
      {"unused recovery codes", "recovery codes"},
      {"auth.totp.enrolled", "auth.totp.removed", "auth.recovery.used", "auth.recovery.renewed"}};
  ReplayedTable imports_{
      "imports", {"undone", "accounts"}, {"user.file_imported", "user.file_import_undone"}};
  ReplayedTable import_accounts_{"import_accounts", {}, {"user.created"}};
  std::map<std::string, std::vector<std::string>> open_;  // invites by the person, or "setup"
  std::set<std::string> seen_;                            // people who signed in
  std::map<std::string, std::int64_t> made_by_;           // the record of each account
  std::int64_t last_pruned_sign_in_ = -1;
  std::int64_t newest_invite_ = 0;
  std::int64_t imported_ = 0;  // accounts of authors of imported messages
  bool imports_pruned_ = false;
};

}  // namespace wardroom::evidence
