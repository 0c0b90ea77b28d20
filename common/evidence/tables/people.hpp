#pragma once

#include "common/evidence/tables/replayed_table.hpp"

namespace wardroom::evidence {

// Accounts, sessions and invites, as the records lead to them.
class PeopleReplay {
 public:
  void take(const Act& act);
  void note_pruned(std::int64_t idx, std::string_view type);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  void take_user(const Act& act);
  void take_session(const Act& act);
  void take_invite(const Act& act);
  void make_invite(const Act& act, std::int64_t id, std::vector<ReplayedTable::Field> fields);
  // Open ones for this person ("setup": set-up codes) are worth nothing from now on.
  void end_invites(const Act& act, const std::string& for_whom);
  ReplayedTable::Field role_of(const std::string& user) const;
  void compare_imported(sqlite::Connection& db, TablesReport& report) const;

  ReplayedTable users_{
      "users",
      {"name", "role", "disabled", "removed"},
      {"user.created", "user.role_changed", "user.disabled", "user.enabled", "user.deleted"}};
  ReplayedTable sessions_{"sessions",
                          {"user_id", "device", "ended"},
                          {"session.created", "session.revoked", "session.expired", "auth.logout"}};
  ReplayedTable invites_{"invites",
                         {"setup", "user_id", "role", "created_by", "expires_at", "ended"},
                         {"invite.created", "invite.used", "invite.revoked", "auth.password.reset_issued",
                          "auth.password.reset_used", "user.disabled", "user.deleted"}};
  std::map<std::string, std::vector<std::string>> open_;  // invites by the person, or "setup"
  std::int64_t newest_invite_ = 0;
  std::int64_t imported_ = 0;  // accounts of authors of imported messages
  bool imports_pruned_ = false;
};

}  // namespace wardroom::evidence
