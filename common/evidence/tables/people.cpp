#include "common/evidence/tables/people.hpp"

namespace wardroom::evidence {
namespace {

enum UserColumn : std::size_t { kName, kRole, kDisabled, kRemoved, kDisplayName, kEmail, kMustChange };
enum SessionColumn : std::size_t {
  kSessionUser,
  kDevice,
  kClient,
  kSessionExpires,
  kSessionToken,
  kSessionEnded
};
enum InviteColumn : std::size_t {
  kSetup,
  kInviteUser,
  kInviteRole,
  kMaker,
  kExpires,
  kToken,
  kReset,
  kInviteEnded
};
enum FactorColumn : std::size_t { kCodesLeft, kCodes };

// Of a session or an invite, as its record writes them.
constexpr sqlite::SqlPiece kExpiresAndToken =
    "strftime('%Y-%m-%dT%H:%M:%S', expires_at / 1000, 'unixepoch') || printf('.%03dZ', expires_at % 1000),"
    " lower(hex(token_hash))";

}  // namespace

void PeopleReplay::take(const Act& act) {
  take_user(act);
  take_session(act);
  take_invite(act);
  take_second_factor(act);
  take_import(act);
}

void PeopleReplay::note_pruned(std::int64_t idx, std::string_view type) {
  users_.note_pruned(idx, type);
  sessions_.note_pruned(idx, type);
  invites_.note_pruned(idx, type);
  factors_.note_pruned(idx, type);
  imports_.note_pruned(idx, type);
  import_accounts_.note_pruned(idx, type);
  // Each of these made one.
  if (type == "invite.created" || type == "auth.password.reset_issued") ++newest_invite_;
  imports_pruned_ = imports_pruned_ || type == "user.imported";
  if (type == "session.created") last_pruned_sign_in_ = idx;
}

void PeopleReplay::take_user(const Act& act) {
  const std::string key = act.target();
  if (act.is("user.created")) made_by_[key] = act.idx();
  if (act.is("user.created"))
    users_.put(
        act, key,
        {act.target_name(), act.after("role"), "0", "0", act.after("display_name"), act.after("email"), "0"});
  if (act.is("user.renamed")) {
    users_.set(act, key, kDisplayName, act.after("display_name"));
    users_.set(act, key, kEmail, act.after("email"));
  }
  if (act.is("auth.password.change_asked"))
    users_.set(act, key, kMustChange, act.after("must_change_password") == "true" ? "1" : "0");
  if (act.is("auth.password.reset_issued")) users_.set(act, key, kMustChange, "0");
  if (act.is("auth.password.changed")) users_.set(act, act.actor(), kMustChange, "0");
  if (act.is("user.role_changed")) users_.set(act, key, kRole, act.after("role"));
  if (act.is("user.disabled")) users_.set(act, key, kDisabled, "1");
  if (act.is("user.enabled")) users_.set(act, key, kDisabled, "0");
  if (act.is("user.deleted")) {
    users_.set(act, key, kName, "removed:" + key);
    users_.set(act, key, kDisabled, "1");
    users_.set(act, key, kRemoved, "1");
    users_.set(act, key, kDisplayName, "Removed account");
    users_.set(act, key, kEmail, "");
  }
  if (act.is("user.imported")) imported_ += act.after_number("count");
}

void PeopleReplay::take_session(const Act& act) {
  if (act.is("session.created")) seen_.insert(act.actor());
  if (act.is("session.created"))
    sessions_.put(act, act.target(),
                  {act.actor(), act.target_name(), act.client(), act.after("expires_at"),
                   act.after("token_sha256"), "no"});
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
                 act.after("role"), act.actor(), act.after("expires_at"), act.after("token_sha256"),
                 resets(act.after("user").value_or("none")), std::nullopt});
  // It has no number of its own in the record; numbers follow each other.
  if (act.is("auth.password.reset_issued"))
    make_invite(act, newest_invite_ + 1,
                {"0", act.target(), role_of(act.target()), act.actor(), act.after("expires_at"),
                 act.after("token_sha256"), "1", std::nullopt});
  if (act.is("invite.used") || act.is("invite.revoked")) invites_.set(act, act.target(), kInviteEnded, "yes");
  if (act.is("auth.password.reset_used") || act.is("user.disabled") || act.is("user.deleted"))
    end_invites(act, act.target());
}

// Whoever was here before gets a new password by an invite, not a first one.
ReplayedTable::Field PeopleReplay::resets(const std::string& user) const {
  if (user == "none") return "0";
  if (seen_.contains(user)) return "1";
  // Of whoever was there before the last sign-in that was pruned, it isn't known whether it was theirs.
  const auto made = made_by_.find(user);
  return made != made_by_.end() && made->second > last_pruned_sign_in_ ? ReplayedTable::Field("0")
                                                                       : std::nullopt;
}

ReplayedTable::Field PeopleReplay::role_of(const std::string& user) const {
  const auto found = users_.rows().find(user);
  return found == users_.rows().end() ? std::nullopt : found->second.fields[kRole];
}

void PeopleReplay::end_invites(const Act& act, const std::string& for_whom) {
  for (const auto& key : open_[for_whom]) invites_.set(act, key, kInviteEnded, "yes");
  open_[for_whom].clear();
}

void PeopleReplay::take_second_factor(const Act& act) {
  if (act.is("auth.totp.removed")) factors_.erase(act.target());
  if (act.is("auth.recovery.used")) factors_.set(act, act.actor(), kCodesLeft, act.after("codes_left"));
  const bool enrols = act.is("auth.totp.enrolled");
  if (!enrols && !act.is("auth.recovery.renewed")) return;
  // Records of before they named the codes' hashes say nothing of them.
  const auto hashes = act.after_list("codes_sha256");
  const ReplayedTable::Field left =
      hashes.empty() ? std::nullopt : std::optional(std::to_string(hashes.size()));
  const ReplayedTable::Field codes = hashes.empty() ? std::nullopt : std::optional(join(hashes));
  if (enrols) return factors_.put(act, act.target(), {left, codes});
  factors_.set(act, act.target(), kCodesLeft, left);
  factors_.set(act, act.target(), kCodes, codes);
}

void PeopleReplay::take_import(const Act& act) {
  if (act.is("user.file_imported")) imports_.put(act, act.target(), {"no", act.after("accounts")});
  if (act.is("user.file_import_undone")) imports_.set(act, act.target(), 0, "yes");
  if (const auto import = act.after("import"); import && act.is("user.created"))
    import_accounts_.put(act, "account " + act.target() + " of import " + *import, {});
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

void PeopleReplay::find_strays(sqlite::Connection& db, TablesReport& report) const {
  auto code = db.query(
      "SELECT DISTINCT user_id FROM recovery_codes WHERE user_id NOT IN"
      " (SELECT user_id FROM second_factors WHERE confirmed_at IS NOT NULL)");
  while (code.step())
    report.add("recovery_codes, " + code.get<std::string>(0) + ": this person has no second factor.");
  auto account = db.query(
      "SELECT DISTINCT import_id FROM import_accounts WHERE import_id NOT IN"
      " (SELECT id FROM imports WHERE done_at IS NOT NULL)");
  while (account.step())
    report.add("import_accounts, " + account.get<std::string>(0) + ": this import wasn't carried out.");
}

void PeopleReplay::compare(sqlite::Connection& db, TablesReport& report) {
  users_.compare(
      {.rows = db.query("SELECT id, name, role, disabled, removed, display_name, email, must_change,"
                        " removed = 1 AND disabled = 1 AND name = 'removed:' || id"
                        " FROM users WHERE imported = 0"),
       .says_what_is_over = true},
      report);
  compare_imported(db, report);
  static constexpr auto kSessions =
      sqlite::SqlPiece("SELECT id, user_id, device, client, ") + kExpiresAndToken +
      ", iif(revoked_at IS NULL, 'no', 'yes'), revoked_at IS NOT NULL FROM sessions";
  sessions_.compare({.rows = db.query(kSessions), .says_what_is_over = true}, report);
  static constexpr auto kInvites =
      sqlite::SqlPiece("SELECT id, setup, coalesce(user_id, 'none'), role, coalesce(created_by, 'none'), ") +
      kExpiresAndToken +
      ", reset, iif(used_at IS NULL AND revoked_at IS NULL, 'no', 'yes'),"
      " used_at IS NOT NULL OR revoked_at IS NOT NULL FROM invites";
  invites_.compare({.rows = db.query(kInvites), .says_what_is_over = true}, report);
  factors_.compare(
      {.rows = db.query("SELECT user_id, (SELECT count(*) FROM recovery_codes c WHERE c.user_id = f.user_id"
                        " AND used_at IS NULL), (SELECT group_concat(hash) FROM (SELECT lower(hex(code_hash))"
                        " AS hash FROM recovery_codes c WHERE c.user_id = f.user_id ORDER BY code_hash))"
                        " FROM second_factors f WHERE confirmed_at IS NOT NULL")},
      report);
  imports_.compare(
      {.rows = db.query("SELECT id, iif(undone_at IS NULL, 'no', 'yes'),"
                        " (SELECT count(*) FROM import_accounts a WHERE a.import_id = imports.id)"
                        " FROM imports WHERE done_at IS NOT NULL")},
      report);
  find_strays(db, report);
  import_accounts_.compare(
      {.rows = db.query("SELECT 'account ' || user_id || ' of import ' || import_id,"
                        " (SELECT removed FROM users u WHERE u.id = user_id) FROM import_accounts"),
       .says_what_is_over = true},
      report);
}

}  // namespace wardroom::evidence
