#include "protocol/invite_link.hpp"
#include "server/commands/admin/invite_link.hpp"
#include "server/commands/handlers.hpp"
#include "server/credentials/token.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::chrono::seconds kMinLifetime{60};
constexpr std::chrono::seconds kMaxLifetime = std::chrono::days{90};

}  // namespace

IssuedInvite issue_invite(WriteContext& context, std::optional<UserId> user, Role role,
                          std::chrono::seconds lifetime) {
  if (user) store::revoke_invites_for(context.db(), *user, context.trusted());
  const credentials::Issued token = credentials::make_token();
  const TimePoint expires_at = context.trusted() + lifetime;
  const auto row = user ? store::find_user(context.db(), *user) : std::nullopt;
  // Who was here before keeps their second factor: to them an invite is what a reset code is.
  const bool reset = row && row->account.last_seen_at.has_value();
  const InviteId id = store::insert_invite(
      context.db(), {token.digest, false, user, role, context.caller().user, expires_at, reset},
      context.now());
  audit::Record record = context.call.record(audit::Type::invite_created);
  record.target = {"invite", id.value, {}};
  record.after = {{"role", enum_name(role)}};
  if (user) record.after.add("user", *user);
  record.after.add("expires_at", expires_at).add("token_sha256", to_hex(token.digest));
  context.append(record);
  const auto settings = context.services.settings.load();
  return {id,
          compose_invite_link({settings->link_host, settings->link_port, settings->ca_pin, token.text,
                               settings->next_ca_pin}),
          expires_at};
}

Result<AdminInviteCreate::Result> create_invite(WriteContext& context,
                                                const AdminInviteCreate::Params& params) {
  const std::chrono::seconds lifetime{params.expires_in_s.value_or(kDefaultInviteLifetime.count())};
  if (lifetime < kMinLifetime || lifetime > kMaxLifetime)
    return params_error("params.expires_in_s", "An invite lasts from 60 seconds to 90 days.");
  Role role = params.role.value_or(Role::member);
  if (params.user) {
    const auto row = store::find_user(context.db(), *params.user);
    if (!row || row->account.imported) return not_found("There is no such account.");
    if (row->account.disabled) return conflict("disabled", "The account is disabled. Enable it first.");
    if (row->account.has_password)
      return conflict("has_password", "This person has chosen a password already and needs no invite.");
    if (params.role && *params.role != row->account.role)
      return params_error("params.role",
                          "The account has its role already; change it with admin.user_update.");
    role = row->account.role;
  }
  auto invite = issue_invite(context, params.user, role, lifetime);
  return AdminInviteCreate::Result{invite.id, std::move(invite.link), invite.expires_at};
}

Result<AdminInviteList::Result> list_invites(ReadContext& context, const Empty&) {
  AdminInviteList::Result result;
  for (const auto& invite : store::load_open_invites(context.db, context.trusted())) {
    AdminInviteList::Entry entry{invite.id,         std::nullopt,      invite.role,
                                 invite.created_at, invite.expires_at, invite.created_by};
    if (invite.user)
      if (const auto row = store::find_user(context.db, *invite.user)) entry.user = row->user();
    result.invites.push_back(std::move(entry));
  }
  return result;
}

Result<Empty> revoke_invite(WriteContext& context, const AdminInviteRevoke::Params& params) {
  const auto invite = store::find_invite(context.db(), params.invite);
  if (!invite || invite->setup) return not_found("There is no such invite.");
  if (invite->spent) return Empty{};
  store::revoke_invite(context.db(), invite->id, context.now());
  audit::Record record = context.call.record(audit::Type::invite_revoked);
  record.target = {"invite", invite->id.value, {}};
  context.append(record);
  return Empty{};
}

}  // namespace wardroom::commands
