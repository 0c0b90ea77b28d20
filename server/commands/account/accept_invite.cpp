#include "server/commands/account/second_factor_check.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/sign_in.hpp"
#include "server/credentials/password_rules.hpp"
#include "server/credentials/token.hpp"
#include "server/domain/names.hpp"
#include "server/domain/network.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

// Everything that the person gave, checked as far as it goes without the database.
struct Acceptance {
  Digest token{};
  std::optional<std::string> name;
  std::optional<std::string> display_name;
  Secret password;
  std::optional<Secret> code;
  Device device;
};

Result<Acceptance> check(const AccountAcceptInvite::Params& params) {
  Acceptance acceptance{.password = params.password, .code = params.code};
  auto token = credentials::parse_token(params.token.reveal());
  if (!token) token = credentials::parse_code(params.token.reveal());
  if (!token)
    return params_error("params.token", "This is not an invite token or a code of ours. Copy it whole.");
  acceptance.token = *token;
  if (params.user) {
    auto name = domain::check_new_user_name("params.user", *params.user);
    if (!name) return name.error();
    acceptance.name = std::move(*name);
  }
  if (params.display_name) {
    auto display_name = domain::check_display_name("params.display_name", *params.display_name);
    if (!display_name) return display_name.error();
    acceptance.display_name = std::move(*display_name);
  }
  auto device = check_device(params.device);
  if (!device) return device.error();
  acceptance.device = std::move(*device);
  return acceptance;
}

// An invite gives what its maker could give now: nothing, once they may not invite any more, and nothing to
// others while they have no password themselves (it was reset). A code for their own account is how they get
// one.
Result<void> check_maker(sqlite::Connection& db, const store::InviteRow& invite) {
  if (!invite.created_by) return ok();  // the server's own set-up code
  const auto maker = store::find_user(db, *invite.created_by);
  if (maker && !maker->account.disabled &&
      (maker->account.has_password || invite.user == invite.created_by) &&
      domain::has_right(maker->account.role, domain::Right::manage_people))
    return ok();
  return make_error(ErrorCode::forbidden,
                    "Whoever made this invite or code can't let anybody in any more, so it is worth nothing. "
                    "Ask your administrator for a new one.",
                    "invite_invalid");
}

// An invite that can be used from here and now. Says plainly what is wrong: whoever has the token may know.
Result<store::InviteRow> find_usable(sqlite::Connection& db, const Digest& token, const Call& call,
                                     TimePoint now) {
  const auto invite = store::find_invite(db, token);
  if (db.failure()) return *db.failure();
  if (!invite || invite->spent)
    return make_error(ErrorCode::forbidden,
                      "This invite or code was used or withdrawn. Ask your administrator for a new one.",
                      "invite_invalid");
  if (invite->expires_at <= now)
    return make_error(ErrorCode::forbidden,
                      "This invite or code has expired. Ask your administrator for a new one.",
                      "invite_expired");
  if (invite->setup && !call.source.loopback)
    return make_error(ErrorCode::forbidden, "A set-up code works only on the server's own machine.",
                      "invite_invalid");
  if (auto held = check_maker(db, *invite); !held) return held.error();
  return *invite;
}

Result<UserId> make_account(WriteContext& context, const Acceptance& acceptance,
                            const store::InviteRow& invite) {
  if (!acceptance.name) return params_error("params.user", "Choose a user name.");
  const store::NewUser user{
      *acceptance.name, acceptance.display_name.value_or(*acceptance.name), invite.role, {}, false};
  const auto id = store::insert_user(context.db(), user, context.now());
  if (!id) return conflict("name_taken", "Somebody has this user name already. Choose another.");
  audit::Record record = context.call.record(audit::Type::user_created);
  record.target = {"user", id->value, user.name};
  record.after = {
      {"role", enum_name(invite.role)}, {"display_name", user.display_name}, {"email", user.email}};
  context.append(record);
  return *id;
}

// The account that the invite is for, which may be in now.
Result<store::UserRow> find_invited(sqlite::Connection& db, const store::InviteRow& invite) {
  auto row = store::find_user(db, *invite.user);
  if (!row) return not_found("The account of this invite is gone.");
  if (row->account.disabled)
    return make_error(ErrorCode::forbidden, "This account is disabled. Ask your administrator.",
                      "invite_invalid");
  // A password that somebody has is replaced with a reset code, or by knowing it.
  if (row->account.has_password && !invite.reset)
    return make_error(ErrorCode::forbidden, "This account has a password already. Sign in with it.",
                      "invite_invalid");
  return *std::move(row);
}

// The name by which the person wants to be shown instead of the one that the account was made with.
void choose_name(WriteContext& context, const Acceptance& acceptance, store::UserRow& row) {
  protocol::Account& account = row.account;
  if (!acceptance.display_name || *acceptance.display_name == account.display_name) return;
  store::update_profile(context.db(), account.id, *acceptance.display_name, account.email);
  audit::Record record = context.call.record(audit::Type::user_renamed);
  record.actor = {audit::Actor::Kind::user, account.id, account.name, std::string(enum_name(account.role))};
  record.client = acceptance.device.client;
  record.target = {"user", account.id.value, account.name};
  record.before = {{"display_name", account.display_name}, {"email", account.email}};
  record.after = {{"display_name", *acceptance.display_name}, {"email", account.email}};
  context.append(record);
  account.display_name = *acceptance.display_name;
}

void append_use(WriteContext& context, const Acceptance& acceptance, const store::InviteRow& invite,
                const store::UserRow& row) {
  const UserId id = row.account.id;
  audit::Record record =
      context.call.record(invite.reset ? audit::Type::password_reset_used : audit::Type::invite_used);
  record.actor = {audit::Actor::Kind::user, id, row.account.name, std::string(enum_name(row.account.role))};
  record.client = acceptance.device.client;
  record.target = {invite.setup ? "setup_code" : "invite", invite.id.value, {}};
  if (invite.reset) record.target = {"user", id.value, row.account.name};
  context.append(record);
}

Result<SignedIn> accept(WriteContext& context, const Acceptance& acceptance, const std::string& phc) {
  const auto invite = find_usable(context.db(), acceptance.token, context.call, context.trusted());
  if (!invite) return invite.error();
  UserId id;
  if (invite->user) {
    const auto invited = find_invited(context.db(), *invite);
    if (!invited) return invited.error();
    id = invited->account.id;
    const auto passed = limit_code_guesses(context, id, [&] {
      return pass_second_factor(context, {id, invited->account.name, invited->account.role}, acceptance.code);
    });
    if (!passed) return refuse_code<SignedIn>(context, passed.error());
  } else {
    auto made = make_account(context, acceptance, *invite);
    if (!made) return made.error();
    id = *made;
  }
  store::update_password(context.db(), id, context.services.seal.seal(id, phc), false);
  auto row = store::find_user(context.db(), id);
  if (!row) return not_found("The account of this invite is gone.");
  store::use_invite(context.db(), invite->id, context.now());
  append_use(context, acceptance, *invite, *row);
  if (invite->user) choose_name(context, acceptance, *row);
  context.services.throttles.forgive(Throttles::name(row->account.name));
  return start_session(context, row->user(), false, acceptance.device);
}

struct Chosen {
  std::string user_name;
  std::string display_name;
  Role role = Role::member;
};

// On a reader thread: refuses early what can be refused, before any hashing.
Result<Chosen> prepare(sqlite::Connection& db, const Services& services, const Call& call,
                       const Acceptance& acceptance) {
  const auto invite = find_usable(db, acceptance.token, call, services.clock.trusted());
  if (!invite) return invite.error();
  Chosen chosen{acceptance.name.value_or(""), acceptance.display_name.value_or(""), invite->role};
  if (invite->user) {
    const auto row = find_invited(db, *invite);
    if (!row) return row.error();
    chosen = {row->account.name, row->account.display_name, row->account.role};
  } else if (!acceptance.name) {
    return params_error("params.user", "Choose a user name.");
  } else if (store::find_user(db, *acceptance.name)) {
    return conflict("name_taken", "Somebody has this user name already. Choose another.");
  }
  if (auto strong = credentials::check_new_password(
          acceptance.password, {chosen.user_name, chosen.display_name, services.settings->office_name});
      !strong) {
    Error error = strong.error();
    error.field = "params.password";
    error.reason = "weak_password";
    return error;
  }
  return chosen;
}

}  // namespace

void accept_invite(LiveContext& context, AccountAcceptInvite::Params params,
                   Reply<AccountAcceptInvite> reply) {
  Services& services = context.services;
  if (auto allowed = services.throttles.check_source(reply.call().source, services.clock.steady()); !allowed)
    return reply(allowed.error());
  auto checked = check(params);
  if (!checked) return reply(checked.error());
  services.readers.submit(
      [&services, &batch = context.batch, reply, acceptance = std::move(*checked)](sqlite::Connection& db) {
        const auto chosen = prepare(db, services, reply.call(), acceptance);
        if (db.failure()) return reply(*db.failure());
        if (!chosen) {
          // Who makes tokens up has one more try less.
          if (chosen.error().reason == "invite_invalid")
            services.throttles.strike_source(reply.call().source, services.clock.steady());
          return reply(chosen.error());
        }
        const auto cost =
            chosen->role == Role::admin ? services.settings->admin_cost : services.settings->member_cost;
        const auto accepted = services.hashing.hash(
            domain::network_of(reply.call().source.ip), acceptance.password, cost,
            [&services, &batch, reply, acceptance](Result<std::string> phc) {
              if (!phc) return reply(phc.error());
              submit_change<AccountAcceptInvite>(services, batch, reply, std::nullopt,
                                                 [acceptance, phc = std::move(*phc)](WriteContext& write) {
                                                   return accept(write, acceptance, phc);
                                                 });
            });
        if (!accepted) reply(accepted.error());
      },
      reply);
}

}  // namespace wardroom::commands
