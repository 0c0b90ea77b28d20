#include "admin/model/connection.hpp"

#include "admin/model/audit.hpp"
#include "admin/model/people.hpp"
#include "admin/model/sign_in.hpp"
#include "protocol/invite_link.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::admin {
namespace {

constexpr std::string_view kScheme = "wardroom:";

// Whether what the command line names is the server of the credentials; anything else is a new introduction.
bool is_same_server(const std::string& target, const protocol::Introduction& server) {
  if (target.empty()) return true;
  if (target.starts_with(kScheme)) {
    const auto link = protocol::parse_invite_link(target);
    return link && link->host == server.host && link->port == server.port && link->ca_pin == server.ca_pin;
  }
  const auto address = protocol::parse_server_address(target);
  return address && address->host == server.host && address->port == server.port;
}

void begin_sign_in(Turn& turn, const std::string& target) {
  if (target.starts_with(kScheme)) return fold(turn, UseInviteLink{target});
  turn.state.sign_in.props.address = target;
}

void show_page(Turn& turn) {
  if (turn.state.page == Page::people)
    load_people(turn);
  else
    load_newer_records(turn);
}

}  // namespace

void leave_session(Turn& turn, std::string why) {
  State& state = turn.state;
  if (state.server && state.me) turn.effect(SaveCredentials{{*state.server, {}, *state.me}});
  state.sign_in = {};
  auto& props = state.sign_in.props;
  if (state.server) {
    props.step = SignInStep::sign_in;
    props.server = to_string(protocol::ServerAddress{state.server->host, state.server->port});
    props.name = state.me ? state.me->name : "";
  }
  props.error = std::move(why);
  state.me.reset();
  state.token = {};
  // Another person may sign in next, and may not see the same.
  state.people = {};
  state.audit = {};
  state.page = Page::people;
}

void take_own_role(Turn& turn, protocol::Role role) {
  State& state = turn.state;
  if (!state.me) return;
  state.me->role = role;
  if (!may_enter(role)) {
    turn.call<protocol::SessionClose>({});
    return leave_session(turn, refusal_for(role));
  }
  if (state.is_admin()) return;
  state.people = {};
  if (state.page == Page::people) fold(turn, OpenPage{Page::audit});
}

void fold(Turn& turn, const Started& event) {
  State& state = turn.state;
  state.started = true;
  if (!event.note.empty()) show_toast(turn, event.note);
  if (!event.credentials || !is_same_server(event.target, event.credentials->server))
    return begin_sign_in(turn, event.target);
  state.server = event.credentials->server;
  state.me = event.credentials->user;
  if (event.credentials->token.empty()) return leave_session(turn, "");
  state.token = event.credentials->token;
  if (!state.is_admin()) state.page = Page::audit;
  turn.effect(ResumeSession{*state.server, state.token});
}

void fold(Turn& turn, const LinkChanged& event) {
  State& state = turn.state;
  state.link = event.state;
  state.link_error = event.error ? event.error->message : "";
  if (state.online()) return;
  state.people.loading = state.people.busy = state.audit.loading = false;
  if (event.state != LinkChanged::State::offline || !event.final) return;
  if (!state.signed_in()) {
    if (state.sign_in.props.busy && event.error) fail_sign_in(turn, *event.error);
    return;
  }
  // The token is void; a server that isn't the right one is another matter, and takes nothing from us.
  if (event.error && event.error->code == ErrorCode::unauthenticated)
    leave_session(turn, event.error->message);
}

void fold(Turn& turn, const protocol::SessionResume::Result& event) {
  State& state = turn.state;
  // Said here and not by LinkChanged, which comes after it: calls may go out from now on.
  state.link = LinkChanged::State::online;
  state.link_error.clear();
  if (!may_enter(event.user.role)) {
    turn.call<protocol::SessionClose>({});
    if (!state.signed_in()) {
      auto& props = state.sign_in.props;
      props.busy = false;
      props.progress.clear();
      props.error = refusal_for(event.user.role);
      return;
    }
    return leave_session(turn, refusal_for(event.user.role));
  }
  state.me = event.user;
  state.sign_in = {};
  if (!state.is_admin()) state.page = Page::audit;
  show_page(turn);
}

void fold(Turn& turn, const protocol::SessionRevoked& event) {
  turn.effect(CloseLink{});
  leave_session(turn, event.reason.empty() ? "You were signed out." : event.reason);
}

// Only now: closing at once could cut the request off.
void fold(Turn& turn, const Answer<protocol::SessionClose>&) {
  if (!turn.state.signed_in() && !turn.state.sign_in.props.busy) turn.effect(CloseLink{});
}

void fold(Turn& turn, const RetryConnection&) {
  turn.effect(RetryNow{});
}

void fold(Turn& turn, const SignOut&) {
  if (!turn.call<protocol::SessionClose>({})) turn.effect(CloseLink{});
  leave_session(turn, "");
}

void fold(Turn& turn, const OpenPage& action) {
  State& state = turn.state;
  if (action.page == Page::people && !state.is_admin()) return;
  state.page = action.page;
  show_page(turn);
}

}  // namespace wardroom::admin
