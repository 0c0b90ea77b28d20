#include "client/views/held_sections.hpp"

#include <unordered_map>

namespace wardroom::client::views {

std::vector<SideBarSection> hold_sections(const std::vector<SideBarSection>& shown,
                                          const std::vector<SideBarSection>& now) {
  std::unordered_map<RoomId, const RoomRow*> rooms;
  RoomId opened;
  for (const SideBarSection& section : now)
    for (const RoomRow& row : section.rows) {
      rooms[row.id] = &row;
      if (row.selected) opened = row.id;
    }
  std::vector<SideBarSection> held;
  bool opened_is_there = !opened.is_set();
  for (const SideBarSection& section : shown) {
    SideBarSection& same = held.emplace_back();
    same.kind = section.kind;
    same.index = section.index;
    same.name = section.name;
    same.collapsed = section.collapsed;
    for (const SideBarSection& one : now)
      if (one.kind == section.kind && one.index == section.index) same.collapsed = one.collapsed;
    for (const RoomRow& row : section.rows) {
      const auto at = rooms.find(row.id);
      if (at == rooms.end()) continue;
      same.rows.push_back(*at->second);
      opened_is_there = opened_is_there || row.id == opened;
    }
  }
  return opened_is_there ? held : now;
}

}  // namespace wardroom::client::views
