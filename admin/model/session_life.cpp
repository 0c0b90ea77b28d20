#include "admin/model/session_life.hpp"

#include "admin/model/bulk.hpp"
#include "admin/model/imports.hpp"
#include "admin/model/pages.hpp"
#include "admin/model/sign_in.hpp"

namespace wardroom::admin {
namespace {

constexpr std::string_view kScheme = "wardroom:";

// Whether what the command line names is the server of the credentials; anything else is a new introduction.
bool is_same_server(const std::string& target, const protocol::Introduction& server) {
  if (target.empty()) return true;
  if (target.starts_with(kScheme)) {
    const auto link = protocol::parse_invite_link(target);
    if (!link || link->host != server.host || link->port != server.port) return false;
    // An older link, or a newer one; either way it is the server of the credentials that is connected to.
    const auto named = protocol::introduction_of(*link);
    return is_followed_by(server, named) || is_followed_by(named, server);
  }
  const auto address = protocol::parse_server_address(target);
  return address && address->host == server.host && address->port == server.port;
}

void begin_sign_in(Turn& turn, const std::string& target) {
  if (target.starts_with(kScheme)) return fold(turn, UseInviteLink{target});
  turn.state.sign_in.props.address = target;
}

// Another person may sign in next, and may not see the same.
void forget_pages(State& state) {
  state.people = {};
  state.audit = {};
  state.moderation = {};
  state.sessions = {};
  state.rooms = {};
  state.imports = {};
  state.retention = {};
  state.evidence = {};
  state.announce = {};
  state.certificates = {};
  state.settings = {};
  state.backups = {};
  state.overview = {};
  state.reason_dialog = {};
  state.csv = {};
  state.sorts.clear();
}

// The person is signed in, but the office wants something of them first.
void show_duty(State& state) {
  state.sign_in = {};
  auto& props = state.sign_in.props;
  props.step = state.duty == Duty::new_password ? SignInStep::new_password : SignInStep::second_factor;
  props.server = to_string(*state.server);
  props.name = state.me->name;
}

Duty duty_of(bool must_change_password, bool must_enrol_second_factor) {
  if (must_change_password) return Duty::new_password;
  return must_enrol_second_factor ? Duty::second_factor : Duty::none;
}

}  // namespace

void leave_session(Turn& turn, std::string why) {
  State& state = turn.state;
  if (state.server && state.me) turn.effect(SaveCredentials{{*state.server, {}, *state.me}});
  state.sign_in = {};
  auto& props = state.sign_in.props;
  if (state.server) {
    props.step = SignInStep::sign_in;
    props.server = to_string(*state.server);
    props.name = state.me ? state.me->name : "";
  }
  props.error = std::move(why);
  state.me.reset();
  state.token = {};
  state.duty = Duty::none;
  forget_pages(state);
  state.page = Page::people;
}

void take_own_role(Turn& turn, protocol::Role role) {
  State& state = turn.state;
  if (!state.me || state.me->role == role) return;
  state.me->role = role;
  if (!may_enter(role)) {
    turn.call<protocol::SessionClose>({});
    return leave_session(turn, refusal_for(role));
  }
  // What the new role may not see is forgotten, and what it may see is asked for again.
  forget_pages(state);
  enter_pages(turn);
}

void take_duty(Turn& turn, Duty duty) {
  State& state = turn.state;
  if (!state.signed_in() || state.duty == duty) return;
  state.duty = duty;
  if (duty != Duty::none) return show_duty(state);
  state.sign_in = {};
  enter_pages(turn);
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
  if (!pages_of(state.me->role).empty()) state.page = first_page(state.me->role);
  turn.effect(ResumeSession{*state.server, state.token});
}

void fold(Turn& turn, const LinkChanged& event) {
  State& state = turn.state;
  state.link = event.state;
  state.link_error = event.error ? event.error->message : "";
  if (state.online()) return;
  state.people.loading = state.people.busy = state.audit.loading = state.reason_dialog.props.busy = false;
  state.moderation.loading = state.sessions.loading = state.rooms.loading = state.rooms.busy = false;
  state.retention.loading = state.retention.busy = state.retention.counting = false;
  state.overview.loading = state.announce.loading = state.announce.busy = state.certificates.loading =
      state.certificates.busy = state.certificates.adding = false;
  state.settings.loading = state.settings.busy = state.backups.loading = state.backups.busy = false;
  interrupt_import(turn);
  interrupt_bulk(turn);
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
  state.duty = duty_of(event.must_change_password, event.must_enrol_second_factor);
  if (state.duty != Duty::none) return show_duty(state);
  enter_pages(turn);
}

// The person's own role, or what the office wants of them, has changed elsewhere.
void fold(Turn& turn, const protocol::AccountChanged& event) {
  State& state = turn.state;
  if (!state.me || state.me->id != event.user.id) return;
  state.me->display_name = event.user.display_name;
  take_own_role(turn, event.user.role);
  take_duty(turn, duty_of(event.must_change_password, event.must_enrol_second_factor));
}

void fold(Turn& turn, const protocol::SessionRevoked& event) {
  turn.effect(CloseLink{});
  leave_session(turn, event.reason.empty() ? "You were signed out." : event.reason);
}

// Only now: closing at once could cut the request off.
void fold(Turn& turn, const Answer<protocol::SessionClose>&) {
  if (!turn.state.signed_in() && !turn.state.sign_in.props.busy) turn.effect(CloseLink{});
}

void fold(Turn& turn, const SignOut&) {
  if (!turn.call<protocol::SessionClose>({})) turn.effect(CloseLink{});
  leave_session(turn, "");
}

}  // namespace wardroom::admin
