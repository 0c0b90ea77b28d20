#include "ctl/commands/user_account.hpp"

#include <ostream>

#include "ctl/commands/find_people.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/words.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

struct Found {
  Client client;
  protocol::Account account;
};

Result<Found> find(const Context& context, const std::string& name) {
  auto client = connect(context);
  if (!client) return client.error();
  auto account = find_account(**client, name);
  if (!account) return account.error();
  return Found{std::move(*client), std::move(*account)};
}

// The result for a program, or the sentence for a person.
template <class T>
Result<void> tell(const Context& context, const T& result, const std::string& sentence) {
  context.out << (context.json ? protocol::encode(result) : sentence) << "\n";
  return ok();
}

std::string state_of(const protocol::Account& account) {
  if (account.disabled) return "disabled";
  if (account.imported) return "the author of imported messages; can't sign in";
  if (account.has_password)
    return account.must_change_password ? "active; asked to choose a new password" : "active";
  return account.last_seen_at ? "waits for a new password" : "invited; hasn't been here";
}

}  // namespace

Result<void> user_show(const Context& context, const AccountArguments& arguments) {
  const auto found = find(context, arguments.name);
  if (!found) return found.error();
  const auto& account = found->account;
  if (context.json) return tell(context, account, "");
  Table table({"name", account.name});
  table.add({"id", std::to_string(account.id.value)});
  table.add({"display name", account.display_name});
  table.add({"role", std::string(protocol::enum_name(account.role))});
  table.add({"e-mail", account.email.empty() ? "-" : account.email});
  table.add({"state", state_of(account)});
  table.add({"second factor", account.second_factor ? "on" : "off"});
  table.add({"made", local_minute(account.created_at)});
  table.add({"last seen", account.last_seen_at ? local_minute(*account.last_seen_at) : "-"});
  table.print(context.out);
  return ok();
}

Result<void> user_rename(const Context& context, const AccountArguments& arguments) {
  if (arguments.display_name.empty() && arguments.email.empty())
    return usage_error("Say what is to change: --display-name or --email.");
  const auto found = find(context, arguments.name);
  if (!found) return found.error();
  const auto changed = found->client->call<protocol::AdminUserUpdate>(
      {found->account.id, if_given(arguments.display_name), if_given(arguments.email), {}, {}});
  if (!changed) return changed.error();
  return tell(context, *changed,
              found->account.name + " is now " + changed->user.display_name +
                  (changed->user.email.empty() ? "" : ", " + changed->user.email) + ".");
}

Result<void> user_reset_password(const Context& context, const AccountArguments& arguments) {
  const auto found = find(context, arguments.name);
  if (!found) return found.error();
  const auto issued =
      found->client->call<protocol::AdminUserResetPassword>({found->account.id, arguments.reason});
  if (!issued) return issued.error();
  if (context.json) return tell(context, *issued, "");
  // Code and link alone on standard output, so that a script can take them as they are.
  context.out << issued->code.reveal() << "\n" << issued->invite.reveal() << "\n";
  context.err << "The old password and the sessions of " << found->account.name
              << " are void. Give them the link, or read the code to them. Single use, expires "
              << local_minute(issued->expires_at) << ".\n";
  return ok();
}

Result<void> user_require_new_password(const Context& context, const AccountArguments& arguments) {
  const auto found = find(context, arguments.name);
  if (!found) return found.error();
  const auto changed =
      found->client->call<protocol::AdminUserUpdate>({found->account.id, {}, {}, {}, !arguments.off});
  if (!changed) return changed.error();
  return tell(
      context, *changed,
      found->account.name + (arguments.off ? " may keep the password." : " must choose a new password now."));
}

Result<void> user_sessions(const Context& context, const AccountArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminSessionList::Params params;
  params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  if (!arguments.name.empty()) {
    const auto account = find_account(**client, arguments.name);
    if (!account) return account.error();
    params.user = account->id;
  }
  Table table({"ID", "NAME", "DEVICE", "CLIENT", "ADDRESS", "SINCE", "LAST USED", "NOW"});
  for (;;) {
    const auto page = (*client)->call<protocol::AdminSessionList>(params);
    if (!page) return page.error();
    for (const auto& s : page->sessions) {
      if (context.json) context.out << protocol::encode(s) << "\n";
      table.add({std::to_string(s.id.value), s.user.name, s.device, s.client, s.ip,
                 local_minute(s.created_at), local_minute(s.last_used_at),
                 s.current     ? "this one"
                 : s.connected ? "connected"
                               : "-"});
    }
    if (!page->more || page->sessions.empty()) break;
    params.after = page->sessions.back().id;
  }
  if (!context.json) table.print(context.out);
  return ok();
}

Result<void> user_sign_out(const Context& context, const AccountArguments& arguments) {
  if (arguments.name.empty() == (arguments.session == 0))
    return usage_error("Name a person, or one session with --session ID.");
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminSessionRevoke::Params params{{}, {}, arguments.reason};
  if (arguments.session != 0) {
    params.session = SessionId{arguments.session};
  } else {
    const auto account = find_account(**client, arguments.name);
    if (!account) return account.error();
    params.user = account->id;
  }
  const auto ended = (*client)->call<protocol::AdminSessionRevoke>(params);
  if (!ended) return ended.error();
  return tell(context, *ended, counted(ended->ended, "session") + " ended.");
}

Result<void> user_offboard(const Context& context, const AccountArguments& arguments) {
  const auto found = find(context, arguments.name);
  if (!found) return found.error();
  protocol::AdminUserOffboard::Params params{found->account.id, {}, arguments.reason, arguments.dry_run};
  if (!arguments.successor.empty()) {
    const auto successor = find_account(*found->client, arguments.successor);
    if (!successor) return successor.error();
    params.successor = successor->id;
  }
  const auto left = found->client->call<protocol::AdminUserOffboard>(params);
  if (!left) return left.error();
  if (context.json) return tell(context, *left, "");
  context.out << found->account.name << (arguments.dry_run ? " would leave " : " left ")
              << counted(left->rooms_left, "room") << "; " << counted(left->sessions, "session") << " and "
              << counted(left->invites, "invite") << (arguments.dry_run ? " would end.\n" : " ended.\n");
  for (const auto& name : left->rooms_handed_over) {
    // No name has a space; "private room 12" is one whose name isn't told.
    const std::string room = name.find(' ') == std::string::npos ? "#" + name : name;
    if (arguments.successor.empty())
      context.out << room << " needs a successor as its moderator.\n";
    else
      context.out << room << (arguments.dry_run ? " would go to " : " goes to ") << arguments.successor
                  << ".\n";
  }
  return ok();
}

}  // namespace wardroom::ctl
