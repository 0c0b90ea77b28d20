#include "server/commands/admin/account_access.hpp"

#include "server/store/sessions.hpp"

namespace wardroom::commands {

using protocol::Role;

Error no_such_account() {
  return not_found("There is no such account.");
}

Error last_admin() {
  return conflict("last_admin", "This is the last administrator. Make another person administrator first.");
}

bool is_last_admin(WriteContext& context, const store::UserRow& row) {
  return row.account.role == Role::admin && !row.account.disabled && row.account.has_password &&
         store::count_active_admins(context.db()) <= 1;
}

std::int64_t end_sessions(WriteContext& context, const store::UserRow& row, std::string_view why,
                          std::string_view told) {
  const UserId user = row.account.id;
  const auto ended = store::revoke_sessions(context.db(), user, std::nullopt, context.now());
  for (const SessionId session : ended) {
    audit::Record record = context.call.record(audit::Type::session_revoked);
    record.target = {"session", session.value, row.account.name};
    record.reason = why;
    context.append(record);
    context.out.push_back(realtime::SessionEnded{session, user, protocol::CloseCode::revoked, told});
  }
  return static_cast<std::int64_t>(ended.size());
}

std::int64_t end_invites_by(WriteContext& context, const store::UserRow& row, std::string_view why) {
  const auto invites = store::load_open_invites_by(context.db(), row.account.id, context.trusted());
  for (const InviteId invite : invites) {
    store::revoke_invite(context.db(), invite, context.now());
    audit::Record record = context.call.record(audit::Type::invite_revoked);
    record.target = {"invite", invite.value, {}};
    record.reason = why;
    context.append(record);
  }
  return static_cast<std::int64_t>(invites.size());
}

Shut shut_account(WriteContext& context, const store::UserRow& row, std::string_view reason) {
  store::update_disabled(context.db(), row.account.id, true);
  audit::Record record = context.call.record(audit::Type::user_disabled);
  record.target = {"user", row.account.id.value, row.account.name};
  record.reason = reason;
  context.append(record);
  Shut shut;
  shut.sessions = end_sessions(context, row, "account disabled",
                               "Your account was disabled. Ask your administrator if that's a mistake.");
  shut.invites = store::revoke_invites_for(context.db(), row.account.id, context.trusted());
  return shut;
}

}  // namespace wardroom::commands
