#include "admin/model/select_console.hpp"

#include "admin/model/pages.hpp"
#include "admin/model/words.hpp"
#include "common/desk/model/select_witness.hpp"

namespace wardroom::admin {
namespace {

std::string offline_sentence(const State& state) {
  if (state.online()) return "";
  if (state.link == LinkChanged::State::offline)
    return state.link_error.empty() ? "You're offline." : state.link_error;
  return "";
}

void select_page(ConsoleProps& props, const State& state) {
  switch (state.page) {
    case Page::people:
      props.people = select_people(state);
      return;
    case Page::audit:
      props.audit = select_audit(state);
      return;
    case Page::moderation:
      props.moderation = select_moderation(state);
      return;
    case Page::sessions:
      props.sessions = select_sessions(state);
      return;
    case Page::rooms:
      props.rooms = select_rooms(state);
      return;
    case Page::imports:
      props.imports = select_imports(state);
      return;
    case Page::retention:
      props.retention = select_retention(state);
      return;
    case Page::announce:
      props.announce = select_announce(state);
      return;
    case Page::certificates:
      props.certificates = select_certificates(state);
      return;
    case Page::settings:
      props.settings = select_settings(state);
      return;
    case Page::backups:
      props.backups = select_backups(state);
      return;
    case Page::overview:
      props.overview = select_overview(state);
      return;
  }
}

}  // namespace

const ConsoleProps& ConsoleSelector::select(const State& state) {
  if (revision_ == state.revision) return props_;
  revision_ = state.revision;
  // Nothing that only the person before may see stays behind.
  ConsoleProps props;
  props.screen = state.signed_in() && state.duty == Duty::none ? Screen::main : Screen::sign_in;
  props.toasts = state.toasts.props();
  props.sign_in = state.sign_in.props;
  if (props.screen == Screen::main) {
    props.place = state.server->host + " · " + std::string(role_title(state.me->role));
    props.page = state.page;
    props.pages = pages_of(state.me->role);
    props.offline = offline_sentence(state);
    props.reason_dialog = state.reason_dialog.props;
    props.evidence = state.evidence.props;
    props.csv = state.csv.props;
    props.browse = state.browse.props;
    props.log_alarm = select_log_alarm(state);
    props.watch_card = select_watch_card(state);
    if (state.watch_open)
      props.watch = desk::select_watch(state.witness, State::kWatcher, to_string(*state.server), state.zone,
                                       state.wall, state.me->role);
    if (state.moderation.open > 0) props.moderation.badge = grouped(state.moderation.open);
    select_page(props, state);
    props.overview.badge = alarm_badge(state);
  }
  props_ = std::move(props);
  return props_;
}

}  // namespace wardroom::admin
