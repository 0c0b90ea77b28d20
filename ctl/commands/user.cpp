#include <ostream>

#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/words.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

// What all changes of one account have in common: find it by name, change it, say so.
template <class M, class MakeParams>
Result<void> change_account(const Context& context, const std::string& name, MakeParams make_params,
                            std::string_view done) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto account = find_account(**client, name);
  if (!account) return account.error();
  const auto changed = (*client)->template call<M>(make_params(account->id));
  if (!changed) return changed.error();
  if (context.json)
    context.out << protocol::encode(*changed) << "\n";
  else
    context.out << account->name << " " << done << ".\n";
  return ok();
}

std::string state_word(const protocol::Account& account) {
  if (account.disabled) return "disabled";
  if (account.imported) return "imported";
  return account.has_password ? "active" : "invited";
}

}  // namespace

Result<void> user_add(const Context& context, const UserAddArguments& arguments) {
  const auto role = parse_role(arguments.role);
  if (!role) return role.error();
  auto client = connect(context);
  if (!client) return client.error();
  const auto made = (*client)->call<protocol::AdminUserCreate>(
      {arguments.name, if_given(arguments.display_name), *role, if_given(arguments.email)});
  if (!made) return made.error();
  if (context.json) {
    context.out << protocol::encode(*made) << "\n";
    return ok();
  }
  context.out << made->invite.reveal() << "\n";
  context.err << "Give " << made->user.name << " this link to choose a password with. Single use, expires "
              << local_minute(made->expires_at) << ".\n";
  return ok();
}

Result<void> user_list(const Context& context, const UserListArguments& arguments) {
  protocol::AdminUserList::Params params;
  const auto role = parse_role(arguments.role);
  if (!role) return role.error();
  params.query = if_given(arguments.query);
  params.role = *role;
  if (arguments.disabled) params.disabled = true;
  if (arguments.imported) params.imported = true;
  params.limit = protocol::kMaxPage;
  auto client = connect(context);
  if (!client) return client.error();
  Table table({"ID", "NAME", "DISPLAY NAME", "ROLE", "STATE", "LAST SEEN", "E-MAIL"});
  for (;;) {
    const auto page = (*client)->call<protocol::AdminUserList>(params);
    if (!page) return page.error();
    for (const auto& account : page->users) {
      if (context.json) context.out << protocol::encode(account) << "\n";
      table.add({std::to_string(account.id.value), account.name, account.display_name,
                 std::string(protocol::enum_name(account.role)), state_word(account),
                 account.last_seen_at ? local_minute(*account.last_seen_at) : "-", account.email});
    }
    if (!page->more || page->users.empty()) break;
    params.after = page->users.back().name;
  }
  if (!context.json) table.print(context.out);
  return ok();
}

Result<void> user_disable(const Context& context, const std::string& name, const std::string& reason) {
  return change_account<protocol::AdminUserDisable>(
      context, name,
      [&reason](UserId id) {
        return protocol::AdminUserDisable::Params{id, reason};
      },
      "is disabled");
}

Result<void> user_enable(const Context& context, const std::string& name) {
  return change_account<protocol::AdminUserEnable>(
      context, name, [](UserId id) { return protocol::UserParams{id}; }, "is enabled");
}

Result<void> user_role(const Context& context, const std::string& name, const std::string& text) {
  const auto role = parse_role(text);
  if (!role) return role.error();
  return change_account<protocol::AdminUserUpdate>(
      context, name,
      [&role](UserId id) {
        return protocol::AdminUserUpdate::Params{id, {}, {}, *role};
      },
      "is now " + text);
}

}  // namespace wardroom::ctl
