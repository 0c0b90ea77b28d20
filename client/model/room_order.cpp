#include "client/model/room_order.hpp"

#include <algorithm>
#include <set>

#include "client/model/attention.hpp"
#include "client/model/direct.hpp"
#include "client/model/room_name.hpp"

namespace wardroom::client {
namespace {

struct Placed {
  RoomId id;
  bool mentioned = false;
  TimePoint last_at;
  std::string name;
};

std::vector<RoomId> ids_of(const std::vector<Placed>& placed) {
  std::vector<RoomId> ids;
  for (const auto& room : placed) ids.push_back(room.id);
  return ids;
}

}  // namespace

RoomSections room_sections(const State& state) {
  std::vector<Placed> requests, unread, rooms, direct;
  const auto& sidebar = state.settings.sidebar;
  RoomSections sections;
  std::set<RoomId> arranged;
  const auto take = [&](const std::vector<RoomId>& from, std::vector<RoomId>& to) {
    for (const RoomId id : from) {
      const auto* room = state.find_room(id);
      if (room && !is_request(*room) && arranged.insert(id).second) to.push_back(id);
    }
  };
  take(sidebar.favourites, sections.favourites);
  for (const auto& section : sidebar.sections) take(section.rooms, sections.own.emplace_back());
  for (const auto& [id, room] : state.rooms) {
    Placed placed{id, room.info.mentions > 0, room.info.last_at.value_or(room.info.created_at),
                  folded(room_name(state, room))};
    const bool is_direct = room.info.kind == protocol::RoomKind::direct;
    // The open room keeps its place while it is read.
    const bool is_unread = unread_of(room) > 0 && !is_silenced(state, room) && id != state.open_room;
    if (is_request(room)) {
      requests.push_back(std::move(placed));
      continue;
    }
    if (arranged.contains(id)) continue;
    (is_unread ? unread : is_direct ? direct : rooms).push_back(std::move(placed));
  }
  const auto by_name = [](const Placed& a, const Placed& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  };
  const auto by_time = [](const Placed& a, const Placed& b) {
    return std::tie(b.last_at, b.id) < std::tie(a.last_at, a.id);
  };
  std::sort(unread.begin(), unread.end(), [&](const Placed& a, const Placed& b) {
    return a.mentioned != b.mentioned ? a.mentioned : by_time(a, b);
  });
  std::sort(rooms.begin(), rooms.end(), by_name);
  std::sort(direct.begin(), direct.end(), by_time);
  std::sort(requests.begin(), requests.end(), by_time);
  sections.requests = ids_of(requests);
  sections.unread = ids_of(unread);
  sections.rooms = ids_of(rooms);
  sections.direct = ids_of(direct);
  return sections;
}

std::vector<RoomId> room_order(const State& state) {
  const auto sections = room_sections(state);
  std::vector<RoomId> all = sections.requests;
  const auto add = [&](const std::vector<RoomId>& more) { all.insert(all.end(), more.begin(), more.end()); };
  add(sections.unread);
  add(sections.favourites);
  for (const auto& own : sections.own) add(own);
  add(sections.rooms);
  add(sections.direct);
  return all;
}

}  // namespace wardroom::client
