#include "admin/model/sign_in.hpp"

#include "admin/model/pages.hpp"
#include "admin/model/session_life.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

void refuse(Turn& turn, SignInField field, std::string why) {
  auto& props = turn.state.sign_in.props;
  props.busy = false;
  props.progress.clear();
  props.error = std::move(why);
  props.error_field = field;
}

void start(Turn& turn, std::string progress) {
  auto& props = turn.state.sign_in.props;
  props.busy = true;
  props.progress = std::move(progress);
  props.error.clear();
  props.error_field = SignInField::none;
}

void look_at(Turn& turn, desk::WantedServer wanted) {
  start(turn, "Connecting to " + wanted.server.host + "…");
  turn.effect(FetchPin{wanted.server.host, wanted.server.port});
  turn.state.sign_in.wanted = std::move(wanted);
}

}  // namespace

bool may_enter(protocol::Role role) {
  return !pages_of(role).empty();
}

std::string refusal_for(protocol::Role role) {
  return "The console is for administrators, auditors and moderators, and your account is a " +
         std::string(role_title(role)) + "'s. To chat, start Wardroom instead.";
}

void fail_sign_in(Turn& turn, const Error& error) {
  auto& props = turn.state.sign_in.props;
  // Not a failure: the password was right, and the next field comes up.
  if (error.reason == "second_factor_required" && !props.needs_code) {
    refuse(turn, SignInField::none, "");
    props.needs_code = true;
    return;
  }
  if (error.reason == "wrong_second_factor") return refuse(turn, SignInField::code, error.message);
  const auto field = error.field == "params.user"       ? SignInField::name
                     : error.field == "params.password" ? SignInField::password
                                                        : SignInField::none;
  refuse(turn, field, error.message);
}

void fold(Turn& turn, const UseInviteLink& action) {
  const auto link = protocol::parse_invite_link(action.link);
  if (!link) return refuse(turn, SignInField::link, link.error().message);
  look_at(turn, desk::wanted_by_link(*link));
}

void fold(Turn& turn, const UseAddress& action) {
  const auto address = protocol::parse_server_address(action.address);
  if (!address)
    return refuse(turn, SignInField::address, "That isn't an address. Type it like office.example:7443.");
  if (action.fingerprint.empty())
    return refuse(turn, SignInField::fingerprint, "Type the fingerprint that wardroomd init printed.");
  look_at(turn, {{address->host, address->port, {}}, action.fingerprint, {}});
}

void fold(Turn& turn, const PinFetched& event) {
  auto& sign_in = turn.state.sign_in;
  if (!sign_in.props.busy || !is_about(sign_in.wanted, event)) return;
  if (!event.pin) return refuse(turn, SignInField::none, event.pin.error().message);
  const bool by_link = sign_in.wanted->by_link();
  if (!take_key(*sign_in.wanted, *event.pin))
    return refuse(turn, by_link ? SignInField::none : SignInField::fingerprint,
                  by_link ? "This isn't the server that the link speaks of. Nothing was sent to it."
                          : "The server there has another fingerprint. Nothing was sent to it.");
  sign_in.props.busy = false;
  sign_in.props.progress.clear();
  sign_in.props.step = SignInStep::sign_in;
  sign_in.props.server = to_string(sign_in.wanted->server);
}

void fold(Turn& turn, const SignIn& action) {
  State& state = turn.state;
  auto& sign_in = state.sign_in;
  sign_in.props.name = action.name;
  if (action.name.empty()) return refuse(turn, SignInField::name, "Type your name.");
  if (action.password.empty()) return refuse(turn, SignInField::password, "Type your password.");
  if (sign_in.props.needs_code && action.code.empty())
    return refuse(turn, SignInField::code, "Type the code that your authenticator app shows.");
  if (!sign_in.wanted && !state.server) return;
  const auto& server = sign_in.wanted ? sign_in.wanted->server : *state.server;
  start(turn, "Signing in…");
  turn.effect(OpenSession{server, action.name, action.password,
                          action.code.empty() ? std::nullopt : std::optional(action.code)});
}

void fold(Turn& turn, const ChooseNewPassword& action) {
  if (turn.state.sign_in.props.busy) return;
  if (!turn.call<protocol::AccountChangePassword>({action.current, action.wanted}))
    return refuse(turn, SignInField::none, "There is no connection to the server now. Nothing was changed.");
  start(turn, "Changing the password…");
}

void fold(Turn& turn, const Answer<protocol::AccountChangePassword>& answer) {
  if (turn.state.duty != Duty::new_password) return;
  if (answer.result) return take_duty(turn, Duty::none);
  const Error& error = answer.result.error();
  refuse(turn,
         error.reason == "wrong_credentials" ? SignInField::password
         : error.reason == "weak_password"   ? SignInField::new_password
                                             : SignInField::none,
         error.message);
}

void fold(Turn& turn, const ChooseOtherServer&) {
  turn.state.sign_in = {};
  turn.effect(CloseLink{});
}

// Who may not enter stays outside: nothing is kept, and the session is ended when the link is up.
void fold(Turn& turn, const protocol::SignedIn& event) {
  State& state = turn.state;
  if (!may_enter(event.user.role)) return;
  if (state.sign_in.wanted) state.server = state.sign_in.wanted->server;
  if (!state.server) return;
  state.me = event.user;
  state.token = event.token;
  turn.effect(SaveCredentials{{*state.server, event.token, event.user}});
}

}  // namespace wardroom::admin
