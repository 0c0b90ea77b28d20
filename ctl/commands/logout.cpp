#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/profiles.hpp"

namespace wardroom::ctl {

Result<void> logout(const Context& context) {
  auto client = connect(context);
  if (client) {
    const auto closed = (*client)->call<protocol::SessionClose>();
    // The server may hang up before its answer is read: the session is over either way.
    if (!closed && closed.error().reason != "signed_out" &&
        closed.error().reason != link::reason::kConnectionLost)
      return closed.error();
  } else if (client.error().code != ErrorCode::unauthenticated) {
    return client.error();
  }
  if (auto removed = remove_profile(context.profiles_file, context.profile); !removed) return removed;
  if (!context.json) context.out << "Signed out.\n";
  return ok();
}

}  // namespace wardroom::ctl
