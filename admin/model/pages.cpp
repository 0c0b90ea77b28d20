#include "admin/model/pages.hpp"

#include <algorithm>

#include "admin/model/announce.hpp"
#include "admin/model/audit.hpp"
#include "admin/model/backups.hpp"
#include "admin/model/certificates.hpp"
#include "admin/model/imports.hpp"
#include "admin/model/moderation.hpp"
#include "admin/model/overview.hpp"
#include "admin/model/people.hpp"
#include "admin/model/retention.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/sessions.hpp"
#include "admin/model/settings.hpp"

namespace wardroom::admin {

std::vector<Page> pages_of(protocol::Role role) {
  switch (role) {
    case protocol::Role::admin:
      return {Page::overview,     Page::people,    Page::rooms,    Page::moderation,
              Page::audit,        Page::retention, Page::sessions, Page::announce,
              Page::certificates, Page::backups,   Page::settings};
    case protocol::Role::auditor:
      return {Page::audit, Page::retention, Page::moderation};
    case protocol::Role::moderator:
      return {Page::moderation, Page::rooms};
    case protocol::Role::member:
    case protocol::Role::guest:
      break;
  }
  return {};
}

Page first_page(protocol::Role role) {
  const auto pages = pages_of(role);
  return pages.front() == Page::overview ? pages[1] : pages.front();
}

bool may_open(const State& state, Page page) {
  if (!state.me) return false;
  if (page == Page::imports) return state.is_admin();
  const auto pages = pages_of(state.me->role);
  return std::find(pages.begin(), pages.end(), page) != pages.end();
}

void load_page(Turn& turn) {
  switch (turn.state.page) {
    case Page::people:
      return load_people(turn);
    case Page::audit:
      return load_newer_records(turn);
    case Page::moderation:
      return load_moderation(turn);
    case Page::sessions:
      return load_sessions(turn);
    case Page::rooms:
      return load_rooms(turn);
    case Page::imports:
      return load_imports(turn);
    case Page::retention:
      return load_retention(turn);
    case Page::announce:
      return load_announcement(turn);
    case Page::certificates:
      return load_certificates(turn);
    case Page::settings:
      return load_settings(turn);
    case Page::backups:
      return load_backups(turn);
    case Page::overview:
      return load_stats(turn);
  }
}

void enter_pages(Turn& turn) {
  State& state = turn.state;
  if (!may_open(state, state.page)) state.page = first_page(state.me->role);
  load_room_names(turn);
  count_reports(turn);
  load_page(turn);
  load_stats(turn);
}

void fold(Turn& turn, const OpenPage& action) {
  State& state = turn.state;
  if (!may_open(state, action.page)) return;
  state.page = action.page;
  load_page(turn);
}

}  // namespace wardroom::admin
