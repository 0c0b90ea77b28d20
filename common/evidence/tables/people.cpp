#include "common/evidence/tables/people.hpp"

namespace wardroom::evidence {
namespace {

enum UserColumn : std::size_t { kName, kRole, kDisabled, kRemoved };
enum SessionColumn : std::size_t { kSessionUser, kDevice, kSessionEnded };
enum InviteColumn : std::size_t { kSetup, kInviteUser, kInviteRole, kMaker, kExpires, kInviteEnded };

}  // namespace

void PeopleReplay::take(const Act& act) {
  take_user(act);
  take_session(act);
  take_invite(act);
}

void PeopleReplay::note_pruned(std::int64_t idx, std::string_view type) {
  users_.note_pruned(idx, type);
  sessions_.note_pruned(idx, type);
  invites_.note_pruned(idx, type);
  // Each of these made one.
  if (type == "invite.created" || type == "auth.password.reset_issued") ++newest_invite_;
  imports_pruned_ = imports_pruned_ || type == "user.imported";
}

void PeopleReplay::take_user(const Act& act) {
  const std::string key = act.target();
  if (act.is("user.created")) users_.put(act, key, {act.target_name(), act.after("role"), "0", "0"});
  if (act.is("user.role_changed")) users_.set(act, key, kRole, act.after("role"));
  if (act.is("user.disabled")) users_.set(act, key, kDisabled, "1");
  if (act.is("user.enabled")) users_.set(act, key, kDisabled, "0");
  if (act.is("user.deleted")) {
    users_.set(act, key, kName, "removed:" + key);
    users_.set(act, key, kDisabled, "1");
    users_.set(act, key, kRemoved, "1");
  }
  if (act.is("user.imported")) imported_ += act.after_number("count");
}

void PeopleReplay::take_session(const Act& act) {
  if (act.is("session.created")) sessions_.put(act, act.target(), {act.actor(), act.target_name(), "no"});
  if (act.is("session.revoked") || act.is("session.expired"))
    sessions_.set(act, act.target(), kSessionEnded, "yes");
  if (act.is("auth.logout")) sessions_.set(act, act.session(), kSessionEnded, "yes");
}

void PeopleReplay::make_invite(const Act& act, std::int64_t id, std::vector<ReplayedTable::Field> fields) {
  newest_invite_ = id;
  const std::string key = std::to_string(id);
  const std::string for_whom = fields[kSetup] == "1" ? "setup" : fields[kInviteUser].value_or("none");
  if (for_whom != "none") {
    end_invites(act, for_whom);
    open_[for_whom].push_back(key);
  }
  invites_.put(act, key, std::move(fields));
}

void PeopleReplay::take_invite(const Act& act) {
  if (act.is("invite.created"))
    make_invite(act, std::atoll(act.target().c_str()),
                {act.target_type() == "setup_code" ? "1" : "0", act.after("user").value_or("none"),
                 act.after("role"), act.actor(), act.after("expires_at"), std::nullopt});
  // It has no number of its own in the record; numbers follow each other.
  if (act.is("auth.password.reset_issued"))
    make_invite(
        act, newest_invite_ + 1,
        {"0", act.target(), role_of(act.target()), act.actor(), act.after("expires_at"), std::nullopt});
  if (act.is("invite.used") || act.is("invite.revoked")) invites_.set(act, act.target(), kInviteEnded, "yes");
  if (act.is("auth.password.reset_used") || act.is("user.disabled") || act.is("user.deleted"))
    end_invites(act, act.target());
}

ReplayedTable::Field PeopleReplay::role_of(const std::string& user) const {
  const auto found = users_.rows().find(user);
  return found == users_.rows().end() ? std::nullopt : found->second.fields[kRole];
}

void PeopleReplay::end_invites(const Act& act, const std::string& for_whom) {
  for (const auto& key : open_[for_whom]) invites_.set(act, key, kInviteEnded, "yes");
  open_[for_whom].clear();
}

void PeopleReplay::compare_imported(sqlite::Connection& db, TablesReport& report) const {
  const auto there = db.find<std::int64_t>("SELECT count(*) FROM users WHERE imported = 1").value_or(0);
  if (there != imported_ && !imports_pruned_)
    report.add("users: " + std::to_string(there) +
               " accounts are marked as authors of imported messages, and by the log " +
               std::to_string(imported_) + " are.");
  auto row = db.query(
      "SELECT id FROM users WHERE imported = 1 AND (role <> 'guest' OR password IS NOT NULL OR removed <> "
      "0)");
  while (row.step())
    report.add("users, " + row.get<std::string>(0) +
               ": the author of imported messages has a role or a password.");
}

void PeopleReplay::compare(sqlite::Connection& db, TablesReport& report) {
  users_.compare(db.query("SELECT id, name, role, disabled, removed FROM users WHERE imported = 0"), report);
  compare_imported(db, report);
  sessions_.compare(
      db.query("SELECT id, user_id, device, iif(revoked_at IS NULL, 'no', 'yes') FROM sessions"), report);
  invites_.compare(db.query("SELECT id, setup, coalesce(user_id, 'none'), role, coalesce(created_by, 'none'),"
                            " strftime('%Y-%m-%dT%H:%M:%S', expires_at / 1000, 'unixepoch') || "
                            "printf('.%03dZ', expires_at % 1000),"
                            " iif(used_at IS NULL AND revoked_at IS NULL, 'no', 'yes') FROM invites"),
                   report);
}

}  // namespace wardroom::evidence
