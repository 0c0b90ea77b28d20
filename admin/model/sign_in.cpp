#include "admin/model/sign_in.hpp"

#include "admin/model/pages.hpp"
#include "admin/model/session_life.hpp"
#include "admin/model/words.hpp"
#include "common/desk/model/office_keys.hpp"

namespace wardroom::admin {
namespace {

void look_at(Turn& turn, std::optional<desk::WantedServer> wanted) {
  if (!wanted) return;
  turn.effect(desk::look_at(turn.state.sign_in.props, *wanted));
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
  desk::fail_sign_in(turn.state.sign_in.props, error);
}

void fold(Turn& turn, const UseInviteLink& action) {
  look_at(turn, wanted_by(turn.state.sign_in.props, action));
}

void fold(Turn& turn, const UseAddress& action) {
  look_at(turn, wanted_by(turn.state.sign_in.props, action, "wardroomd init printed"));
}

void fold(Turn& turn, const PinFetched& event) {
  auto& [props, wanted] = turn.state.sign_in;
  const auto right = take_key(props, wanted, event);
  if (!right) return;
  if (*right)
    props.step = SignInStep::sign_in;
  else if (wanted->by_link())
    refuse(props, SignInField::none,
           "This isn't the server that the link speaks of. Nothing was sent to it.");
  else
    refuse(props, SignInField::fingerprint,
           "The server there has another fingerprint. Nothing was sent to it.");
}

void fold(Turn& turn, const SignIn& action) {
  auto& [props, wanted] = turn.state.sign_in;
  const auto& server = wanted ? std::optional(wanted->server) : turn.state.server;
  if (!server) return;
  if (auto session = open_session(props, *server, action)) turn.effect(std::move(*session));
}

void fold(Turn& turn, const ChooseNewPassword& action) {
  auto& props = turn.state.sign_in.props;
  if (props.busy) return;
  if (!turn.call<protocol::AccountChangePassword>({action.current, action.wanted}))
    return refuse(props, SignInField::none, "There is no connection to the server now. Nothing was changed.");
  start(props, "Changing the password…");
}

void fold(Turn& turn, const Answer<protocol::AccountChangePassword>& answer) {
  if (turn.state.duty != Duty::new_password) return;
  if (answer.result) return take_duty(turn, Duty::none);
  const Error& error = answer.result.error();
  refuse(turn.state.sign_in.props,
         error.reason == "wrong_credentials" ? SignInField::password
         : error.reason == "weak_password"   ? SignInField::new_password
                                             : SignInField::none,
         error.message);
}

void fold(Turn& turn, const desk::KeysChanged& event) {
  take_keys(turn, turn.state.sign_in.wanted, event);
}

void fold(Turn& turn, const ChooseOtherServer&) {
  turn.state.sign_in = {};
  turn.effect(CloseLink{});
}

// Who may not enter stays outside: nothing is kept, and the session is ended when the link is up.
void fold(Turn& turn, const protocol::SignedIn& event) {
  State& state = turn.state;
  if (!may_enter(event.user.role)) return;
  if (state.sign_in.wanted) desk::set_server(turn, state.sign_in.wanted->server);
  if (!state.server) return;
  state.me = event.user;
  state.token = event.token;
  turn.effect(SaveCredentials{{*state.server, event.token, event.user}});
}

}  // namespace wardroom::admin
