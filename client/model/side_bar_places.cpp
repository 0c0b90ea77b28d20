#include "client/model/side_bar_places.hpp"

#include <algorithm>

#include "client/model/settings.hpp"
#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

using Ids = std::vector<RoomId>;

void tell_sidebar(Turn& turn) {
  auto& sidebar = turn.state.sidebar;
  if (sidebar.busy) {
    sidebar.behind = true;
    return;
  }
  sidebar.behind = false;
  sidebar.busy = turn.call<protocol::SidebarSet>({turn.state.settings.sidebar});
}

// Offline nothing is rearranged: another device may do it meanwhile, and one of the two would be lost.
template <class Change>
bool rearrange(Turn& turn, Change&& change) {
  State& state = turn.state;
  if (!state.online()) {
    show_toast(turn, tr("You're offline. Arrange the side bar when the connection is back."));
    return false;
  }
  change(state.settings.sidebar);
  save_settings(turn);
  ++state.revisions.rooms;
  tell_sidebar(turn);
  return true;
}

Ids* list_of(protocol::Sidebar& sidebar, SidebarPlace place) {
  switch (place.kind) {
    case SidebarPlace::Kind::nowhere:
      return nullptr;
    case SidebarPlace::Kind::favourites:
      return &sidebar.favourites;
    case SidebarPlace::Kind::section:
      return place.section < sidebar.sections.size() ? &sidebar.sections[place.section].rooms : nullptr;
  }
  return nullptr;
}

// The list in which the room stands.
Ids* list_with(protocol::Sidebar& sidebar, RoomId room) {
  if (std::ranges::count(sidebar.favourites, room) > 0) return &sidebar.favourites;
  for (auto& section : sidebar.sections)
    if (std::ranges::count(section.rooms, room) > 0) return &section.rooms;
  return nullptr;
}

// Rooms that the person is no longer in stay in the lists, unseen: the next or the one before in sight.
std::ptrdiff_t seen_neighbour(const State& state, const Ids& list, RoomId room, int by) {
  auto at = std::ranges::find(list, room) - list.begin();
  do at += by;
  while (at >= 0 && at < std::ssize(list) && !state.find_room(list[static_cast<std::size_t>(at)]));
  return at >= 0 && at < std::ssize(list) ? at : -1;
}

}  // namespace

void place_room(protocol::Sidebar& sidebar, const PlaceRoom& where) {
  if (where.room == where.before) return;
  std::erase(sidebar.favourites, where.room);
  for (auto& section : sidebar.sections) std::erase(section.rooms, where.room);
  auto* list = list_of(sidebar, where.place);
  if (!list) return;
  list->insert(std::ranges::find(*list, where.before), where.room);
}

RoomPlacing select_placing(const State& state, RoomId room) {
  protocol::Sidebar sidebar = state.settings.sidebar;
  RoomPlacing placing;
  const auto* list = list_with(sidebar, room);
  placing.favourite = list == &sidebar.favourites;
  for (std::size_t i = 0; i < sidebar.sections.size(); ++i) {
    placing.sections.push_back(sidebar.sections[i].name);
    if (list == &sidebar.sections[i].rooms) placing.section = i;
  }
  placing.may_go_up = list && seen_neighbour(state, *list, room, -1) >= 0;
  placing.may_go_down = list && seen_neighbour(state, *list, room, 1) >= 0;
  return placing;
}

SectionProps select_section(const State& state) {
  const auto& asked = state.section;
  SectionProps props;
  props.serial = asked.serial;
  props.fresh = !asked.index;
  props.error = asked.error;
  if (asked.index && *asked.index < state.settings.sidebar.sections.size())
    props.name = state.settings.sidebar.sections[*asked.index].name;
  return props;
}

void load_sidebar(Turn& turn) {
  turn.state.sidebar = {};
  turn.call<protocol::SidebarGet>({});
}

void fold(Turn& turn, const PlaceRoom& action) {
  rearrange(turn, [&](protocol::Sidebar& sidebar) { place_room(sidebar, action); });
}

void fold(Turn& turn, const ShiftRoom& action) {
  const State& state = turn.state;
  rearrange(turn, [&](protocol::Sidebar& sidebar) {
    auto* list = list_with(sidebar, action.room);
    if (!list) return;
    const auto other = seen_neighbour(state, *list, action.room, action.by);
    if (other < 0) return;
    const auto from = std::ranges::find(*list, action.room);
    const auto to = list->begin() + other;
    // Those between them, which aren't seen, keep their order.
    if (from < to)
      std::rotate(from, from + 1, to + 1);
    else
      std::rotate(to, from, from + 1);
  });
}

void fold(Turn& turn, const StartSection& action) {
  State& state = turn.state;
  state.section = {action.index, action.room, state.section.serial + 1, {}};
  state.dialog = Dialog::section;
}

void fold(Turn& turn, const NameSection& action) {
  State& state = turn.state;
  const std::string name(trimmed(action.name));
  auto& asked = state.section;
  if (name.size() > protocol::kMaxSectionNameBytes) {
    asked.error = tr("That name is too long.");
    return;
  }
  if (!asked.index && state.settings.sidebar.sections.size() >= protocol::kMaxSections) {
    asked.error =
        tr("You have {0} sections already. Remove one first.", std::to_string(protocol::kMaxSections));
    return;
  }
  if (!state.online()) {
    asked.error = offline_text();
    return;
  }
  rearrange(turn, [&](protocol::Sidebar& sidebar) {
    if (asked.index && *asked.index < sidebar.sections.size()) {
      sidebar.sections[*asked.index].name = name;
      return;
    }
    sidebar.sections.push_back({name, {}, false});
    if (asked.room.is_set())
      place_room(sidebar, {asked.room, {SidebarPlace::Kind::section, sidebar.sections.size() - 1}, RoomId{}});
  });
  state.dialog = Dialog::none;
}

void fold(Turn& turn, const ShiftSection& action) {
  rearrange(turn, [&](protocol::Sidebar& sidebar) {
    const auto other = static_cast<std::ptrdiff_t>(action.index) + action.by;
    if (action.index >= sidebar.sections.size() || other < 0 || other >= std::ssize(sidebar.sections)) return;
    std::swap(sidebar.sections[action.index], sidebar.sections[static_cast<std::size_t>(other)]);
  });
}

// Its rooms go back to the others.
void fold(Turn& turn, const RemoveSection& action) {
  rearrange(turn, [&](protocol::Sidebar& sidebar) {
    if (action.index < sidebar.sections.size())
      sidebar.sections.erase(sidebar.sections.begin() + static_cast<std::ptrdiff_t>(action.index));
  });
}

void fold(Turn& turn, const FoldSection& action) {
  rearrange(turn, [&](protocol::Sidebar& sidebar) {
    if (action.index >= sidebar.sections.size()) return;
    auto& folded = sidebar.sections[action.index].folded;
    folded = !folded;
  });
}

void fold(Turn& turn, const Answer<protocol::SidebarGet>& answer) {
  State& state = turn.state;
  // What is done here meanwhile is told, or refused, with the version that it began with.
  if (!answer.result || state.sidebar.busy) return;
  state.settings.sidebar = answer.result->sidebar;
  save_settings(turn);
  ++state.revisions.rooms;
}

void fold(Turn& turn, const Answer<protocol::SidebarSet>& answer) {
  State& state = turn.state;
  state.sidebar.busy = false;
  if (answer.result) {
    state.settings.sidebar.version = answer.result->version;
    save_settings(turn);
    if (state.sidebar.behind) tell_sidebar(turn);
    return;
  }
  show_toast(turn, answer.result.error().reason == "sidebar_changed"
                       ? tr("Your side bar was arranged on another device just now. Please do it once more.")
                       : answer.result.error().message);
  load_sidebar(turn);
}

// One's own change comes back, too, before or after its answer.
void fold(Turn& turn, const protocol::SidebarChanged& event) {
  State& state = turn.state;
  if (state.sidebar.busy || event.sidebar.version <= state.settings.sidebar.version) return;
  state.settings.sidebar = event.sidebar;
  save_settings(turn);
  ++state.revisions.rooms;
}

}  // namespace wardroom::client
