#include "client/model/office_policy.hpp"

#include "client/model/sign_in.hpp"
#include "common/language/tr.hpp"
#include "protocol/invite_link.hpp"

namespace wardroom::client {

void follow_policy(Turn& turn) {
  State& state = turn.state;
  for (const auto& problem : state.policy_problems) show_toast(turn, problem);
  if (state.policy.dark)
    state.settings.theme = state.policy.dark->value ? ThemeChoice::dark : ThemeChoice::light;
  if (state.server || !state.policy.server) return;
  const auto& server = state.policy.server->value;
  protocol::InviteLink link{server.host, server.port, server.ca_pin, {}, server.next_pin};
  fold(turn, UseInviteLink{std::string(protocol::compose_invite_link(link).reveal())});
}

std::string refuse_elsewhere(const desk::Policy& policy, desk::WantedServer& wanted) {
  if (!policy.server_locked_by) return {};
  const std::string why = " " + desk::set_by(*policy.server_locked_by);
  if (!policy.server)
    return tr(
        "This PC is tied to your office's server, but its settings don't say which one. Ask your "
        "administrator.{0}",
        why);
  const auto& server = policy.server->value;
  if (wanted.server.host != server.host || wanted.server.port != server.port)
    return tr("On this PC you can sign in to {0} only.{1}", to_string(server), why);
  // A link's own key may be a stranger's, and so may a typed fingerprint.
  wanted.server = server;
  wanted.fingerprint.clear();
  return {};
}

bool refuse_files(Turn& turn) {
  const auto& files = turn.state.policy.files;
  if (!files || files->value) return false;
  show_toast(turn, tr("Files can't be attached on this PC. {0}", desk::set_by(files->who)));
  return true;
}

}  // namespace wardroom::client
