#include "client/model/sign_in.hpp"

#include "client/model/account_security.hpp"
#include "client/model/message_links.hpp"
#include "client/model/office_policy.hpp"
#include "common/desk/model/office_keys.hpp"
#include "common/language/tr.hpp"
#include "protocol/key_words.hpp"
#include "protocol/limits.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::client {
namespace {

void look_at(Turn& turn, std::optional<desk::WantedServer> wanted) {
  if (!wanted) return;
  auto& welcome = turn.state.welcome;
  welcome.props.pin_mismatch = false;
  const auto field = wanted->by_link() ? WelcomeField::link : WelcomeField::address;
  if (auto why = refuse_elsewhere(turn.state.policy, *wanted); !why.empty())
    return refuse(welcome.props, field, std::move(why));
  turn.effect(desk::look_at(welcome.props, *wanted));
  welcome.wanted = std::move(wanted);
}

std::optional<Introduction> chosen_server(const State& state) {
  return state.welcome.wanted ? state.welcome.wanted->server : state.server;
}

// Another person's messages must not be shown to this one.
void forget_other_account(Turn& turn, const Introduction& server, const protocol::User& user) {
  State& state = turn.state;
  if (state.is_me(user.id) && state.server && is_followed_by(*state.server, server)) return;
  if (state.rooms.empty() && state.outbox.empty() && !state.me) return;
  turn.effect(EraseCache{});
  state.rooms.clear();
  state.links.messages.clear();
  state.saved = {};
  state.settings.sidebar = {};
  state.outbox.clear();
  state.people.clear();
  state.open_room = {};
  state.epoch.reset();
}

}  // namespace

void fail_sign_in(Turn& turn, const Error& error) {
  auto& props = turn.state.welcome.props;
  desk::fail_sign_in(props, error);
  // The invite is spent or old; who has an account already can still sign in.
  if (error.reason == "invite_invalid" || error.reason == "invite_expired") props.step = WelcomeStep::sign_in;
}

void take_invite_check(Turn& turn, const Error& error) {
  turn.state.welcome.props.checking_invite = false;
  if (error.reason == "invite_invalid" || error.reason == "invite_expired") fail_sign_in(turn, error);
}

void fold(Turn& turn, const UseInviteLink& action) {
  auto& props = turn.state.welcome.props;
  props.link = action.link;
  look_at(turn, wanted_by(props, action));
}

void fold(Turn& turn, const UseAddress& action) {
  look_at(turn, wanted_by(turn.state.welcome.props, action, tr("your administrator gives you")));
}

void fold(Turn& turn, const PinFetched& event) {
  auto& [props, wanted] = turn.state.welcome;
  const auto right = take_key(props, wanted, event);
  if (!right) return;
  if (*right) {
    props.step = wanted->invite.empty() ? WelcomeStep::sign_in : WelcomeStep::make_account;
    if (wanted->invite.empty()) return;
    props.checking_invite = true;
    turn.effect(CheckInvite{wanted->server, wanted->invite});
    return;
  }
  refuse(props, WelcomeField::none,
         tr("This isn't the server that you were introduced to. Nothing was sent. Ask your administrator."));
  props.pin_mismatch = true;
  props.expected_fingerprint =
      wanted->by_link() ? protocol::fingerprint(wanted->server.ca_pin) : wanted->fingerprint;
  // Whoever typed one would only copy the other.
  props.seen_fingerprint = wanted->by_link() ? protocol::fingerprint(*event.pin) : "";
}

void fold(Turn& turn, const desk::KeysChanged& event) {
  take_keys(turn, turn.state.welcome.wanted, event);
}

void fold(Turn& turn, const LookForServers&) {
  auto& props = turn.state.welcome.props;
  if (props.looking == LookingForServers::running) return;
  props.looking = LookingForServers::running;
  props.found.clear();
  props.found_more = false;
  props.looking_error.clear();
  turn.effect(FindServers{});
}

// Names and addresses are as the network sent them: they are shown, and nothing else is done with them.
void fold(Turn& turn, const ServersFound& event) {
  auto& props = turn.state.welcome.props;
  if (props.looking != LookingForServers::running) return;
  props.found.clear();
  for (const auto& offer : event.servers)
    props.found.push_back({offer.name, to_string(protocol::ServerAddress{offer.host, offer.port}),
                           protocol::spell(offer.words)});
  props.found_more = event.more;
  props.looking_error = event.problem;
  if (event.over) props.looking = LookingForServers::over;
}

void fold(Turn& turn, const MakeAccount& action) {
  auto& [props, wanted] = turn.state.welcome;
  if (!wanted) return;
  props.name = action.name;
  if (action.name.empty()) return refuse(props, WelcomeField::name, tr("Choose a name to sign in with."));
  if (action.password.size() < protocol::kMinPasswordBytes)
    return refuse(props, WelcomeField::password, tr("Passwords need at least 8 characters."));
  props.checking_invite = false;
  start(props, tr("Creating your account…"));
  turn.effect(AcceptInvite{wanted->server, wanted->invite, action.name, action.display_name, action.password,
                           action.code.empty() ? std::nullopt : std::optional(action.code)});
}

void fold(Turn& turn, const SignIn& action) {
  const auto server = chosen_server(turn.state);
  if (!server) return;
  auto& props = turn.state.welcome.props;
  props.pin_mismatch = false;
  if (auto session = open_session(props, *server, action)) turn.effect(std::move(*session));
}

void fold(Turn& turn, const ChooseOtherServer&) {
  if (const auto& policy = turn.state.policy; policy.server && policy.server_locked_by)
    return show_toast(turn, tr("On this PC you can sign in to {0} only. {1}", to_string(policy.server->value),
                               desk::set_by(*policy.server_locked_by)));
  turn.state.welcome = {};
  turn.effect(CloseLink{});
}

void fold(Turn& turn, const LinkReceived& event) {
  State& state = turn.state;
  if (protocol::looks_like_message_link(event.link)) {
    const auto link = protocol::parse_message_link(event.link);
    return link ? follow_link(turn, *link) : show_toast(turn, link.error().message);
  }
  if (!state.signed_in()) return fold(turn, UseInviteLink{event.link});
  show_toast(turn, tr("You're already signed in. Sign out first to use another invitation."), false);
}

void fold(Turn& turn, const protocol::SignedIn& event) {
  State& state = turn.state;
  const auto server = chosen_server(state);
  if (!server) return;
  forget_other_account(turn, *server, event.user);
  desk::set_server(turn, *server);
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
