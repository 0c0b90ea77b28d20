#include "server/store/users.hpp"

#include "server/commands/account/duties.hpp"
#include "server/commands/admin/account_access.hpp"
#include "server/commands/admin/invite_link.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/reason.hpp"
#include "server/commands/room/announce.hpp"
#include "server/domain/names.hpp"
#include "server/domain/rights.hpp"

namespace wardroom::commands {
namespace {

AccountResult reload(WriteContext& context, UserId id) {
  const auto row = store::find_user(context.db(), id);
  return {row ? row->account : Account{}};
}

void change_role(WriteContext& context, const store::UserRow& row, Role role) {
  store::update_role(context.db(), row.account.id, role);
  audit::Record record = context.call.record(audit::Type::user_role_changed);
  record.target = {"user", row.account.id.value, row.account.name};
  record.before = {{"role", enum_name(row.account.role)}};
  record.after = {{"role", enum_name(role)}};
  context.append(record);
  // Worth nothing from now on, and not worth something again by the way: it may be a thief's.
  if (!domain::has_right(role, domain::Right::manage_people))
    end_invites_by(context, row, "its maker is no administrator any more");
  publish_caller(context, row.account.id);
  User user = row.user();
  user.role = role;
  tell_rooms_of(context, user);
}

Result<void> ask_for_password(WriteContext& context, const store::UserRow& row, bool asked) {
  if (row.must_change == asked) return ok();
  if (!row.account.has_password)
    return conflict("no_password",
                    "This account waits for its person to choose a password; there is none to change yet.");
  store::update_must_change(context.db(), row.account.id, asked);
  audit::Record record = context.call.record(audit::Type::password_change_asked);
  record.target = {"user", row.account.id.value, row.account.name};
  record.before = {{"must_change_password", !asked}};
  record.after = {{"must_change_password", asked}};
  context.append(record);
  publish_caller(context, row.account.id);
  return ok();
}

}  // namespace

Result<AdminUserCreate::Result> create_user(WriteContext& context, const AdminUserCreate::Params& params) {
  auto name = domain::check_new_user_name("params.name", params.name);
  if (!name) return name.error();
  auto display_name = domain::check_display_name("params.display_name", params.display_name.value_or(*name));
  if (!display_name) return display_name.error();
  auto email = domain::check_email("params.email", params.email.value_or(""));
  if (!email) return email.error();
  const Role role = params.role.value_or(Role::member);
  const auto id =
      store::insert_user(context.db(), {*name, *display_name, role, *email, false}, context.now());
  if (!id) return conflict("name_taken", "There is an account of this name already. Choose another name.");
  audit::Record record = context.call.record(audit::Type::user_created);
  record.target = {"user", id->value, *name};
  record.after = {{"role", enum_name(role)}, {"display_name", *display_name}, {"email", *email}};
  context.append(record);
  auto invite = issue_invite(context, *id, role, kDefaultInviteLifetime);
  return AdminUserCreate::Result{reload(context, *id).user, std::move(invite.link), invite.expires_at};
}

Result<AdminUserList::Result> list_accounts(ReadContext& context, const AdminUserList::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  AdminUserList::Result result;
  result.users = store::load_accounts(context.db, params, *limit + 1);
  result.more = trim_page(result.users, *limit);
  result.total = store::count_accounts(context.db, params);
  return result;
}

Result<AccountResult> update_user(WriteContext& context, const AdminUserUpdate::Params& params) {
  auto row = store::find_user(context.db(), params.user);
  if (!row) return no_such_account();
  if (params.must_change_password)
    if (auto asked = ask_for_password(context, *row, *params.must_change_password); !asked)
      return asked.error();
  auto display_name = domain::check_display_name("params.display_name",
                                                 params.display_name.value_or(row->account.display_name));
  if (!display_name) return display_name.error();
  auto email = domain::check_email("params.email", params.email.value_or(row->account.email));
  if (!email) return email.error();
  if (params.role && *params.role != row->account.role) {
    if (row->account.imported)
      return conflict("imported", "The author of imported messages can't sign in and has no role.");
    if (is_last_admin(context, *row)) return last_admin();
    change_role(context, *row, *params.role);
    row->account.role = *params.role;
  }
  if (*display_name != row->account.display_name || *email != row->account.email)
    rename_user(context, *row, *display_name, *email);
  return reload(context, params.user);
}

Result<AccountResult> disable_user(WriteContext& context, const AdminUserDisable::Params& params) {
  auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto row = store::find_user(context.db(), params.user);
  if (!row) return no_such_account();
  if (row->account.disabled) return AccountResult{row->account};
  if (is_last_admin(context, *row)) return last_admin();
  shut_account(context, *row, *reason);
  end_invites_by(context, *row, "its maker was disabled");
  return reload(context, params.user);
}

Result<AccountResult> enable_user(WriteContext& context, const UserParams& params) {
  const auto row = store::find_user(context.db(), params.user);
  if (!row) return no_such_account();
  if (row->account.imported) return conflict("imported", "The author of imported messages can't sign in.");
  if (!row->account.disabled) return AccountResult{row->account};
  store::update_disabled(context.db(), params.user, false);
  audit::Record record = context.call.record(audit::Type::user_enabled);
  record.target = {"user", params.user.value, row->account.name};
  context.append(record);
  return reload(context, params.user);
}

}  // namespace wardroom::commands
