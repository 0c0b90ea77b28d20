#include "client/model/sign_in.hpp"

#include <utility>

#include "client/model/account_security.hpp"
#include "protocol/limits.hpp"
#include "protocol/server_address.hpp"

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

// Another person's messages must not be shown to this one.
void forget_other_account(Turn& turn, const Introduction& server, const protocol::User& user) {
  State& state = turn.state;
  if (state.me && state.me->id == user.id && state.server && state.server->ca_pin == server.ca_pin) return;
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
  welcome.typed_fingerprint.clear();
  start(turn, "Connecting to " + link->host + "…");
  turn.effect(FetchPin{link->host, link->port});
  welcome.wanted = std::move(*link);
}

void fold(Turn& turn, const UseAddress& action) {
  auto& welcome = turn.state.welcome;
  const auto address = protocol::parse_server_address(action.address);
  if (!address)
    return refuse(turn, WelcomeField::address, "That isn't an address. Type it like office.example:7443.");
  if (action.fingerprint.empty())
    return refuse(turn, WelcomeField::fingerprint, "Type the fingerprint that your administrator gives you.");
  welcome.typed_fingerprint = action.fingerprint;
  welcome.wanted = protocol::InviteLink{address->host, address->port, {}, {}};
  start(turn, "Connecting to " + address->host + "…");
  turn.effect(FetchPin{address->host, address->port});
}

void fold(Turn& turn, const PinFetched& event) {
  State& state = turn.state;
  auto& welcome = state.welcome;
  if (!welcome.busy || !welcome.wanted || welcome.wanted->host != event.host ||
      welcome.wanted->port != event.port)
    return;
  if (!event.pin) return refuse(turn, WelcomeField::none, event.pin.error().message);
  const bool by_fingerprint = !welcome.typed_fingerprint.empty();
  const bool matches = by_fingerprint ? protocol::matches_fingerprint(*event.pin, welcome.typed_fingerprint)
                                      : welcome.wanted->ca_pin == *event.pin;
  if (!matches) {
    refuse(turn, WelcomeField::none,
           "This isn't the server that you were introduced to. Nothing was sent. Ask your administrator.");
    welcome.pin_mismatch = true;
    welcome.expected_fingerprint =
        by_fingerprint ? welcome.typed_fingerprint : protocol::fingerprint(welcome.wanted->ca_pin);
    welcome.seen_fingerprint = protocol::fingerprint(*event.pin);
    return;
  }
  welcome.wanted->ca_pin = *event.pin;
  welcome.busy = false;
  welcome.progress.clear();
  welcome.step = welcome.wanted->token.empty() ? WelcomeStep::sign_in : WelcomeStep::make_account;
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
  turn.effect(AcceptInvite{{wanted.host, wanted.port, wanted.ca_pin},
                           wanted.token,
                           action.name,
                           action.display_name,
                           action.password,
                           typed(action.code)});
}

void fold(Turn& turn, const SignIn& action) {
  State& state = turn.state;
  auto& welcome = state.welcome;
  welcome.name = action.name;
  if (action.name.empty()) return refuse(turn, WelcomeField::name, "Type your name.");
  if (action.password.empty()) return refuse(turn, WelcomeField::password, "Type your password.");
  Introduction server;
  if (welcome.wanted)
    server = {welcome.wanted->host, welcome.wanted->port, welcome.wanted->ca_pin};
  else if (state.server)
    server = *state.server;
  else
    return;
  start(turn, "Signing in…");
  turn.effect(OpenSession{std::move(server), action.name, action.password, typed(action.code)});
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
  Introduction server;
  if (state.welcome.wanted)
    server = {state.welcome.wanted->host, state.welcome.wanted->port, state.welcome.wanted->ca_pin};
  else if (state.server)
    server = *state.server;
  else
    return;
  forget_other_account(turn, server, event.user);
  state.server = server;
  state.me = event.user;
  state.token = event.token;
  state.people[event.user.id].user = event.user;
  take_duties(turn, event.must_change_password, event.must_enrol_second_factor);
  state.welcome = {};
  turn.effect(SaveCredentials{{server, event.token, event.user}});
  ++state.revisions.ui;
  ++state.revisions.people;
}

}  // namespace wardroom::client
