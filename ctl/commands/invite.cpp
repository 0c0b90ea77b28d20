#include <ostream>

#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {

Result<void> invite(const Context& context, const InviteArguments& arguments) {
  const auto role = parse_role(arguments.role);
  if (!role) return role.error();
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminInviteCreate::Params params;
  params.role = *role;
  if (arguments.expires) params.expires_in_s = arguments.expires->count();
  if (!arguments.user.empty()) {
    const auto account = find_account(**client, arguments.user);
    if (!account) return account.error();
    params.user = account->id;
  }
  const auto made = (*client)->call<protocol::AdminInviteCreate>(params);
  if (!made) return made.error();
  if (context.json) {
    context.out << protocol::encode(*made) << "\n";
    return ok();
  }
  // The link alone on standard output, so that a script can take it as it is.
  context.out << made->invite.reveal() << "\n";
  context.err << "Single use, expires " << local_minute(made->expires_at) << ".\n";
  return ok();
}

}  // namespace wardroom::ctl
