#include "client/model/sign_in.hpp"

#include <utility>

#include "client/model/account_security.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

void refuse(Turn& turn, WelcomeField field, std::string why) {
  auto& welcome = turn.state.welcome;
  welcome.busy = false;
  welcome.progress.clear();
  welcome.error = std::move(why);
  welcome.error_field = field;
  ++turn.state.revisions.ui;
}

void start(Turn& turn, std::string progress) {
  auto& welcome = turn.state.welcome;
  welcome.busy = true;
  welcome.progress = std::move(progress);
  welcome.error.clear();
  welcome.error_field = WelcomeField::none;
  welcome.pin_mismatch = false;
  ++turn.state.revisions.ui;
}

WelcomeField field_of(const Error& error) {
  if (error.reason == "name_taken") return WelcomeField::name;
  if (error.reason == "weak_password") return WelcomeField::password;
  if (error.reason == "wrong_second_factor") return WelcomeField::code;
  if (error.field == "params.user") return WelcomeField::name;
  if (error.field == "params.display_name") return WelcomeField::display_name;
  if (error.field == "params.password") return WelcomeField::password;
  return WelcomeField::none;
}

std::optional<Secret> typed(const Secret& code) {
  return code.empty() ? std::nullopt : std::optional(code);
}

void look_at(Turn& turn, desk::WantedServer wanted) {
  start(turn, "Connecting to " + wanted.server.host + "…");
  turn.effect(FetchPin{wanted.server.host, wanted.server.port});
  turn.state.welcome.wanted = std::move(wanted);
}

std::optional<Introduction> chosen_server(const State& state) {
  return state.welcome.wanted ? state.welcome.wanted->server : state.server;
}

// Another person's messages must not be shown to this one.
void forget_other_account(Turn& turn, const Introduction& server, const protocol::User& user) {
  State& state = turn.state;
  if (state.is_me(user.id) && state.server && state.server->ca_pin == server.ca_pin) return;
  if (state.rooms.empty() && state.outbox.empty() && !state.me) return;
  turn.effect(EraseCache{});
  state.rooms.clear();
  state.outbox.clear();
  state.people.clear();
  state.open_room = {};
  state.epoch.reset();
}

}  // namespace

void fail_sign_in(Turn& turn, const Error& error) {
  auto& welcome = turn.state.welcome;
  if (error.reason == "second_factor_required" || error.reason == "wrong_second_factor") {
    // The first time it isn't an error, but the next question.
    const bool asked = std::exchange(welcome.wants_code, true);
    return refuse(turn, WelcomeField::code, asked ? error.message : "");
  }
  refuse(turn, field_of(error), error.message);
  // The invite is spent or old; who has an account already can still sign in.
  if (error.reason == "invite_invalid" || error.reason == "invite_expired")
    welcome.step = WelcomeStep::sign_in;
}

void fold(Turn& turn, const UseInviteLink& action) {
  auto& welcome = turn.state.welcome;
  welcome.link = action.link;
  auto link = protocol::parse_invite_link(action.link);
  if (!link) return refuse(turn, WelcomeField::link, link.error().message);
  look_at(turn, desk::wanted_by_link(*link));
}

void fold(Turn& turn, const UseAddress& action) {
  const auto address = protocol::parse_server_address(action.address);
  if (!address)
    return refuse(turn, WelcomeField::address, "That isn't an address. Type it like office.example:7443.");
  if (action.fingerprint.empty())
    return refuse(turn, WelcomeField::fingerprint, "Type the fingerprint that your administrator gives you.");
  look_at(turn, {{address->host, address->port, {}}, action.fingerprint, {}});
}

void fold(Turn& turn, const PinFetched& event) {
  State& state = turn.state;
  auto& welcome = state.welcome;
  if (!welcome.busy || !is_about(welcome.wanted, event)) return;
  if (!event.pin) return refuse(turn, WelcomeField::none, event.pin.error().message);
  if (!take_key(*welcome.wanted, *event.pin)) {
    const auto& wanted = *welcome.wanted;
    refuse(turn, WelcomeField::none,
           "This isn't the server that you were introduced to. Nothing was sent. Ask your administrator.");
    welcome.pin_mismatch = true;
    welcome.expected_fingerprint =
        wanted.by_link() ? protocol::fingerprint(wanted.server.ca_pin) : wanted.fingerprint;
    welcome.seen_fingerprint = protocol::fingerprint(*event.pin);
    return;
  }
  welcome.busy = false;
  welcome.progress.clear();
  welcome.step = welcome.wanted->invite.empty() ? WelcomeStep::sign_in : WelcomeStep::make_account;
  ++state.revisions.ui;
}

void fold(Turn& turn, const MakeAccount& action) {
  auto& welcome = turn.state.welcome;
  if (!welcome.wanted) return;
  welcome.name = action.name;
  welcome.display_name = action.display_name;
  if (action.name.empty()) return refuse(turn, WelcomeField::name, "Choose a name to sign in with.");
  if (action.password.size() < protocol::kMinPasswordBytes)
    return refuse(turn, WelcomeField::password, "A password has at least 8 characters.");
  start(turn, "Making your account…");
  const auto& wanted = *welcome.wanted;
  turn.effect(AcceptInvite{wanted.server, wanted.invite, action.name, action.display_name, action.password,
                           typed(action.code)});
}

void fold(Turn& turn, const SignIn& action) {
  State& state = turn.state;
  auto& welcome = state.welcome;
  welcome.name = action.name;
  if (action.name.empty()) return refuse(turn, WelcomeField::name, "Type your name.");
  if (action.password.empty()) return refuse(turn, WelcomeField::password, "Type your password.");
  const auto server = chosen_server(state);
  if (!server) return;
  start(turn, "Signing in…");
  turn.effect(OpenSession{*server, action.name, action.password, typed(action.code)});
}

void fold(Turn& turn, const ChooseOtherServer&) {
  turn.state.welcome = {};
  turn.effect(CloseLink{});
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const LinkReceived& event) {
  State& state = turn.state;
  if (!state.signed_in()) return fold(turn, UseInviteLink{event.link});
  show_toast(turn, "You're already signed in. Sign out first to use another invitation.", false);
}

void fold(Turn& turn, const protocol::SignedIn& event) {
  State& state = turn.state;
  const auto server = chosen_server(state);
  if (!server) return;
  forget_other_account(turn, *server, event.user);
  state.server = server;
  state.me = event.user;
  state.token = event.token;
  state.people[event.user.id].user = event.user;
  take_duties(turn, event.must_change_password, event.must_enrol_second_factor);
  state.welcome = {};
  turn.effect(SaveCredentials{{*server, event.token, event.user}});
  ++state.revisions.ui;
  ++state.revisions.people;
}

}  // namespace wardroom::client
