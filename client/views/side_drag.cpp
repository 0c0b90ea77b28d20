#include "client/views/side_drag.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kDragFrom = 6;     // before that it is a click by an unsteady hand
constexpr float kScrollEdge = 28;  // the list scrolls while the mouse is that near to its end
constexpr float kScrollStep = 8;   // in each frame

bool mouse_in(const Rect& rect) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return mouse.x >= rect.x0 && mouse.x < rect.x1 && mouse.y >= rect.y0 && mouse.y < rect.y1;
}

void aim(RoomDrag& drag, const SidebarPlace& place, RoomId before, const Rect& row, float y,
         FrameContext& f) {
  drag.place = place;
  drag.before = before;
  drag.line = {row.x0 + f.px(6), y - f.px(1), row.x1 - f.px(6), y + f.px(1)};
}

bool is_favourites(const SideBarSection& section) {
  return section.kind == SideBarSection::Kind::favourites;
}

// Where nothing is a favourite yet, a strip over the list takes the first one.
void draw_favourite_strip(RoomDrag& drag, const Rect& list, FrameContext& f) {
  const Rect strip{list.x0 + f.px(8), list.y0 + f.px(2), list.x1 - f.px(8), list.y0 + f.px(32)};
  if (mouse_in(strip)) {
    drag.place = SidebarPlace{SidebarPlace::Kind::favourites, 0};
    drag.before = {};
    drag.line = {};
  }
  fill(strip, mouse_in(strip) ? f.theme.accent_soft : f.theme.surface3, f.px(6));
  outline(strip, f.theme.accent, f.px(6));
  text_in(f, FontRole::small, strip, f.theme.text0, tr("Drop here: favourites"), true);
  note(f, ItemKind::text, strip, tr("Drop here: favourites"), ids::kFavouriteDrop);
}

void scroll_at_edges(const Rect& list, FrameContext& f) {
  const float y = ImGui::GetIO().MousePos.y;
  const float step = y > list.y1 - f.px(kScrollEdge)   ? f.px(kScrollStep)
                     : y < list.y0 + f.px(kScrollEdge) ? -f.px(kScrollStep)
                                                       : 0;
  const float scroll = ImGui::GetScrollY() + step;
  if (step == 0 || scroll < 0 || scroll > ImGui::GetScrollMaxY()) return;
  ImGui::SetScrollY(scroll);
  f.request_frame_at(f.now);
}

}  // namespace

std::optional<SidebarPlace> drop_place(const SideBarSection& section) {
  switch (section.kind) {
    case SideBarSection::Kind::favourites:
      return SidebarPlace{SidebarPlace::Kind::favourites, 0};
    case SideBarSection::Kind::own:
      return SidebarPlace{SidebarPlace::Kind::section, section.index};
    case SideBarSection::Kind::rooms:
    case SideBarSection::Kind::direct:
      return SidebarPlace{};
    case SideBarSection::Kind::requests:
    case SideBarSection::Kind::unread:
      break;
  }
  return std::nullopt;
}

void begin_drag_frame(RoomDrag& drag) {
  drag.place.reset();
  if (!drag.room.is_set()) return;
  // The button came up outside the window.
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left) && !ImGui::IsMouseReleased(ImGuiMouseButton_Left)) drag = {};
}

void follow_drag(RoomDrag& drag, const RoomRow& room, const Row& row,
                 const std::optional<SidebarPlace>& place, FrameContext& f) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (row.it.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    drag = {room.id, false, mouse.x, mouse.y};
  if (!drag.room.is_set()) return;
  if (std::hypot(mouse.x - drag.pressed_x, mouse.y - drag.pressed_y) > f.px(kDragFrom)) drag.moves = true;
  if (drag.moves && drag.room == room.id) fill(row.rect, f.theme.surface3, f.px(6));
  if (!drag.moves || !place || !mouse_in({row.rect.x0, row.rect.y0, row.rect.x1, row.rect.y1 + f.px(2)}))
    return;
  // Nobody orders the rooms that stand by name and the direct messages that stand by time.
  if (place->kind == SidebarPlace::Kind::nowhere) return aim(drag, *place, {}, row.rect, row.rect.y0, f);
  const bool below = mouse.y > (row.rect.y0 + row.rect.y1) / 2;
  aim(drag, *place, room.id, row.rect, below ? row.rect.y1 + f.px(1) : row.rect.y0, f);
  drag.behind = below;
}

void follow_drag_over_end(RoomDrag& drag, const SideBarSection& section, const Rect& header,
                          FrameContext& f) {
  const auto place = drop_place(section);
  if (!drag.moves || !place) return;
  const float end = ImGui::GetCursorScreenPos().y;
  if (mouse_in(header)) {
    aim(drag, *place, section.rows.empty() ? RoomId{} : section.rows.front().id, header, header.y1, f);
    drag.behind = false;
  } else if (mouse_in({header.x0, section.rows.empty() ? header.y1 : end, header.x1, end + f.px(8)})) {
    aim(drag, *place, {}, header, end, f);
    drag.behind = false;
  }
}

bool finish_drag(RoomDrag& drag, const std::vector<SideBarSection>& sections, const Rect& list,
                 FrameContext& f, Actions& actions) {
  if (!drag.room.is_set()) return false;
  if (f.pressed(Key::escape)) drag = {};
  if (drag.moves) {
    if (std::ranges::none_of(sections, is_favourites)) draw_favourite_strip(drag, list, f);
    scroll_at_edges(list, f);
    if (drag.place) fill(drag.line, f.theme.accent, f.px(1));
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  if (!ImGui::IsMouseReleased(ImGuiMouseButton_Left)) return false;
  const RoomDrag done = drag;
  drag = {};
  if (!done.moves || !done.place) return false;
  // Behind a row is before the one after it, of its section.
  RoomId before = done.before;
  for (const SideBarSection& section : sections) {
    if (!done.behind) break;
    const auto at = std::ranges::find(section.rows, done.before, &RoomRow::id);
    if (at == section.rows.end()) continue;
    before = at + 1 == section.rows.end() ? RoomId{} : (at + 1)->id;
    break;
  }
  if (before == done.room) return false;
  const auto stands = [&](const SideBarSection& section) {
    return std::ranges::find(section.rows, done.room, &RoomRow::id) != section.rows.end() &&
           (section.kind == SideBarSection::Kind::favourites || section.kind == SideBarSection::Kind::own);
  };
  // What was put nowhere is there already.
  if (done.place->kind == SidebarPlace::Kind::nowhere && std::ranges::none_of(sections, stands)) return false;
  actions.push_back(PlaceRoom{done.room, *done.place, before});
  return true;
}

}  // namespace wardroom::client::views
