#include "client/views/side_bar.hpp"

#include <algorithm>
#include <imgui.h>

#include "client/views/held_sections.hpp"
#include "client/views/ids.hpp"
#include "client/views/presence_mark.hpp"
#include "client/views/room_menu.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/popup.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kHead = 104;  // oneself and the way to jump
constexpr float kFooter = 40;
constexpr float kBelow = 32;  // the line at the lower edge that leads to the direct messages

void draw_self_menu(const SideBarProps& props, FrameContext& f, Actions& actions, const Rect& anchor) {
  if (!begin_popup(f, std::string{ids::kSelfMenu}, anchor, f.px(232))) return;
  bool done = false;
  const auto presence = [&](PresenceMark mark, std::string_view label) {
    const Id id{ids::kSelfPresence, static_cast<std::int64_t>(mark)};
    if (menu_row(f, id, label, {.checked = props.self.presence == mark})) {
      actions.push_back(SetPresence{mark, {}});
      done = true;
    }
  };
  presence(PresenceMark::online, tr("Online"));
  presence(PresenceMark::away, tr("Away"));
  presence(PresenceMark::busy, tr("Busy"));
  menu_separator(f);
  if (menu_row(f, ids::kSelfQuiet, tr("Do not disturb"), {.checked = props.do_not_disturb})) {
    actions.push_back(SetDoNotDisturb{!props.do_not_disturb});
    done = true;
  }
  menu_separator(f);
  if (menu_row(f, ids::kSelfStatus, f.screen(tr("Set a status\xE2\x80\xA6")))) {
    actions.push_back(StartStatus{});
    done = true;
  }
  if (menu_row(f, ids::kSelfSaved, tr("Saved messages"), {.shortcut = tr("Ctrl Shift S")})) {
    actions.push_back(ToggleSaved{});
    done = true;
  }
  if (menu_row(f, ids::kSelfSettings, f.screen(tr("Settings\xE2\x80\xA6")))) {
    actions.push_back(ShowDialog{Dialog::settings});
    done = true;
  }
  if (menu_row(f, ids::kSelfKeys, tr("Keyboard shortcuts"), {.shortcut = "F1"})) {
    actions.push_back(ShowDialog{Dialog::keys});
    done = true;
  }
  if (menu_row(f, ids::kSelfSignOut, tr("Sign out"), {.danger = true})) {
    actions.push_back(SignOut{});
    done = true;
  }
  if (done) ImGui::CloseCurrentPopup();
  end_popup();
}

void draw_self(const SideBarProps& props, FrameContext& f, Actions& actions) {
  const Rect rect = place(0, f.px(48));
  const Interaction it =
      interact(f, ids::kSelf, rect, ItemKind::avatar, props.self.display_name, {.state = props.self.note});
  if (it.hovered) fill(rect, f.theme.surface2, f.px(8));
  if (it.focused) focus_ring(f, rect, f.px(8));
  const float middle = (rect.y0 + rect.y1) / 2;
  avatar(f, rect.x0 + f.px(28), middle, f.px(36), props.self.display_name);
  const float x = rect.x0 + f.px(56);
  const float room = rect.x1 - x - f.px(24);
  text_line(f, FontRole::bold, x, middle - f.px(18), f.theme.text0, f.screen(props.self.display_name), room);
  const Colour behind = it.hovered ? f.theme.surface2 : f.theme.surface0;
  presence_dot(f, x + f.px(5), middle + f.px(9), f.px(9), dot_of(props.self.presence), behind);
  text_line(f, FontRole::small, x + f.px(15), middle + f.px(1), it.hovered ? f.theme.text1 : f.theme.text2,
            f.screen(props.self.note), room - f.px(15));
  if (props.do_not_disturb || props.quiet)
    draw_icon(f, Icon::bell_off, rect.x1 - f.px(14), middle - f.px(8), f.px(14), f.theme.text2);
  if (it.pressed) open_popup(std::string{ids::kSelfMenu});
  draw_self_menu(props, f, actions, rect);
}

void draw_jump(FrameContext& f, Actions& actions) {
  const Rect rect = place(0, f.px(30));
  const Interaction it = interact(f, ids::kJump, rect, ItemKind::button, tr("Jump to\xE2\x80\xA6"));
  fill(rect, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(6));
  const float middle = (rect.y0 + rect.y1) / 2;
  draw_icon(f, Icon::search, rect.x0 + f.px(17), middle, f.px(13), f.theme.text1);
  text_in(f, FontRole::text, {rect.x0 + f.px(32), rect.y0, rect.x1, rect.y1}, f.theme.text1,
          f.screen(tr("Jump to\xE2\x80\xA6")));
  const float keys = text_width(f, FontRole::small, tr("Ctrl K"));
  text_in(f, FontRole::small, {rect.x1 - f.px(10) - keys, rect.y0, rect.x1, rect.y1}, f.theme.text1,
          tr("Ctrl K"));
  if (it.focused) focus_ring(f, rect, f.px(6));
  if (it.pressed) actions.push_back(ShowDialog{Dialog::switcher});
}

// The threads that the person follows, over all rooms.
void draw_threads(const SideBarProps& props, FrameContext& f, Actions& actions) {
  if (!props.threads_shown) return;
  const bool unread = props.threads_unread > 0;
  const std::string count = std::to_string(props.threads_unread);
  const Row row = list_row(f, ids::kThreads, tr("Threads"),
                           {.selected = props.threads_open, .state = unread ? tr("{0} unread", count) : ""});
  if (row.it.pressed) actions.push_back(ToggleThreads{});
  if (!row.it.visible) return;
  const Colour ink = unread || props.threads_open ? f.theme.text0 : f.theme.text1;
  const float middle = (row.rect.y0 + row.rect.y1) / 2;
  draw_icon(f, Icon::thread, row.rect.x0 + f.px(15), middle, f.px(14), ink);
  text_in(f, unread ? FontRole::bold : FontRole::text,
          {row.rect.x0 + f.px(28), row.rect.y0, row.rect.x1, row.rect.y1}, ink, tr("Threads"));
  if (unread) badge(f, row.rect.x1 - f.px(10), middle, count, BadgeTone::quiet);
}

// Returns where the name starts.
float draw_room_mark(const RoomRow& room, FrameContext& f, const Rect& rect, Colour ink, Colour behind) {
  const float x = rect.x0 + f.px(10);
  const float middle = (rect.y0 + rect.y1) / 2;
  switch (room.mark) {
    case RoomMark::public_room:
      text_in(f, room.unread > 0 ? FontRole::bold : FontRole::text, {x, rect.y0, rect.x1, rect.y1}, ink, "#");
      return x + f.px(14);
    case RoomMark::private_room:
      draw_icon(f, Icon::lock, x + f.px(4), middle - f.px(0.5F), f.px(14), ink);
      return x + f.px(16);
    case RoomMark::direct:
      presence_dot(f, x + f.px(4.5F), middle + f.px(0.5F), f.px(9), dot_of(room.presence), behind);
      return x + f.px(17);
  }
  return x;
}

std::string short_count(std::uint32_t count) {
  return count > 999 ? "999+" : std::to_string(count);
}

// A room that is opened by a key may stand far from what is in sight.
void bring_into_sight(const RoomRow& room, SideBarViewState& state, FrameContext& f, const Rect& row) {
  if (!room.selected || state.shown == room.id) return;
  state.shown = room.id;
  const float top = ImGui::GetWindowPos().y;
  const float bottom = top + ImGui::GetWindowHeight() - (state.direct_below ? f.px(kBelow) : 0);
  if (row.y0 >= top && row.y1 <= bottom) return;
  ImGui::SetScrollFromPosY((row.y0 + row.y1) / 2 - top, 0.5F);
}

void draw_room(const RoomRow& room, const std::optional<SidebarPlace>& place, SideBarViewState& view,
               FrameContext& f, Actions& actions) {
  const std::string state = room.unread > 0 ? tr("{0} unread", std::to_string(room.unread)) : std::string{};
  const Row row =
      list_row(f, Id{ids::kRoom, room.id.value}, room.name, {.selected = room.selected, .state = state});
  bring_into_sight(room, view, f, row.rect);
  vertical_gap(f, 2);
  follow_drag(view.drag, room, row, place, f);
  // What was dragged and let go over itself stays where it is, and isn't opened.
  if (row.it.pressed && !view.drag.moves) actions.push_back(OpenRoom{room.id});
  if (row.it.right_pressed) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    view.menu_room = room.id;
    view.menu_at = {mouse.x, mouse.y - f.px(4), mouse.x, mouse.y + f.px(4)};
    view.menu_wanted = true;
    actions.push_back(OpenRoomMenu{room.id});
  }
  if (!row.it.visible) return;
  const bool bold = room.unread > 0 && !room.muted;
  Colour ink = bold || room.selected ? f.theme.text0 : f.theme.text1;
  if ((room.muted || room.locked) && !room.selected) ink = f.theme.text2;
  Colour behind = row.it.hovered ? f.theme.surface2 : f.theme.surface0;
  if (room.selected) behind = f.theme.accent_soft;
  Rect words{draw_room_mark(room, f, row.rect, ink, behind), row.rect.y0, row.rect.x1 - f.px(10),
             row.rect.y1};
  const float middle = (row.rect.y0 + row.rect.y1) / 2;
  if (room.mentions > 0) {
    words.x1 = badge(f, words.x1, middle, "@ " + std::to_string(room.mentions), BadgeTone::alarm) - f.px(8);
  } else if (bold) {
    words.x1 = badge(f, words.x1, middle, short_count(room.unread), BadgeTone::quiet) - f.px(8);
  }
  if (room.has_unsent) {
    draw_icon(f, Icon::clock, words.x1 - f.px(7), middle, f.px(13), ink);
    words.x1 -= f.px(20);
  } else if (room.has_draft) {
    draw_icon(f, Icon::pencil, words.x1 - f.px(7), middle, f.px(13), ink);
    words.x1 -= f.px(20);
  }
  if (room.muted) {
    draw_icon(f, Icon::bell_off, words.x1 - f.px(7), middle, f.px(13), ink);
    words.x1 -= f.px(20);
  }
  const FontRole role = bold ? FontRole::bold : FontRole::text;
  const std::string name = f.screen(room.name);
  text_in(f, role, words, ink, name);
  if (text_width(f, role, name) > words.width()) tooltip(f, row.it, name);
}

std::string_view section_title(const SideBarSection& section) {
  switch (section.kind) {
    case SideBarSection::Kind::favourites:
      return tr("Favourites");
    case SideBarSection::Kind::own:
      return section.name;
    case SideBarSection::Kind::requests:
      return tr("Requests");
    case SideBarSection::Kind::unread:
      return tr("Unread");
    case SideBarSection::Kind::rooms:
      return tr("Rooms");
    case SideBarSection::Kind::direct:
      return tr("Direct");
  }
  return "";
}

// The buttons at the right end of a section's header.
void draw_section_buttons(SideBarSection::Kind kind, FrameContext& f, Actions& actions, const Rect& header) {
  if (kind != SideBarSection::Kind::rooms && kind != SideBarSection::Kind::direct) return;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const auto square = [&](float from_right) {
    const float x1 = header.x1 - f.px(from_right);
    return Rect{x1 - f.px(24), header.y0 + f.px(6), x1, header.y0 + f.px(30)};
  };
  if (kind == SideBarSection::Kind::rooms) {
    if (icon_button_at(f, ids::kBrowse, square(30), Icon::compass, tr("Browse rooms"))) {
      actions.push_back(ShowDialog{Dialog::browse});
    }
    if (icon_button_at(f, ids::kCreate, square(4), Icon::plus, tr("Create a room"))) {
      actions.push_back(ShowDialog{Dialog::create_room});
    }
  } else if (icon_button_at(f, ids::kDirect, square(4), Icon::plus, tr("New direct message"))) {
    actions.push_back(ShowDialog{Dialog::new_direct});
  }
  ImGui::SetCursorScreenPos(after);
}

std::uint32_t unread_in(const std::vector<RoomRow>& rows) {
  std::uint32_t unread = 0;
  for (const RoomRow& room : rows) unread += room.muted ? 0 : room.unread;
  return unread;
}

std::int64_t section_number(const SideBarSection& section) {
  if (section.kind != SideBarSection::Kind::own) return static_cast<std::int64_t>(section.kind);
  return 100 + static_cast<std::int64_t>(section.index);
}

std::string section_menu(const SideBarSection& section) {
  return Id{ids::kSectionMenu, static_cast<std::int64_t>(section.index)}.text();
}

// Of one's own.
void draw_section_menu(const SideBarSection& section, FrameContext& f, Actions& actions, const Rect& anchor) {
  if (!begin_popup(f, section_menu(section), anchor, f.px(200))) return;
  const auto line = [&](std::string_view id, std::string_view label, Action action, bool danger = false) {
    if (!menu_row(f, id, f.screen(label), {.danger = danger})) return;
    actions.push_back(std::move(action));
    ImGui::CloseCurrentPopup();
  };
  line(ids::kSectionRename, tr("Rename…"), StartSection{section.index, {}});
  line(ids::kSectionUp, tr("Move up"), ShiftSection{section.index, -1});
  line(ids::kSectionDown, tr("Move down"), ShiftSection{section.index, 1});
  menu_separator(f);
  line(ids::kSectionRemove, tr("Remove the section"), RemoveSection{section.index}, true);
  end_popup();
}

// A press on the title collapses the section, or opens it.
void draw_section_title(const SideBarSection& section, FrameContext& f, Actions& actions,
                        const Rect& header) {
  const float end = section_header(f, f.screen(section_title(section)), f.px(78));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const Rect rect{header.x0, header.y0 + f.px(4), header.x1 - f.px(58), header.y1};
  const Interaction it = interact(f, Id{ids::kSection, section_number(section)}, rect, ItemKind::button,
                                  section_title(section), {.state = section.collapsed ? "collapsed" : ""});
  const float middle = header.y0 + f.px(18);
  if (section.collapsed || it.hovered || it.focused)
    draw_icon(f, section.collapsed ? Icon::chevron_right : Icon::chevron_down, end + f.px(9), middle,
              f.px(11), f.theme.text2);
  if (it.focused) focus_ring(f, rect, f.px(4));
  const std::uint32_t unread = unread_in(section.rows);
  if (section.collapsed && unread > 0) {
    badge(f, rect.x1, middle, short_count(unread), BadgeTone::quiet);
    note(f, ItemKind::badge, rect, short_count(unread));
  }
  ImGui::SetCursorScreenPos(after);
  if (section.kind != SideBarSection::Kind::own) {
    if (it.pressed) actions.push_back(ToggleSection{section.kind});
    return;
  }
  if (it.pressed) actions.push_back(FoldSection{section.index});
  if (it.right_pressed) open_popup(section_menu(section));
  draw_section_menu(section, f, actions, rect);
}

// Direct messages stand below the rooms, of which there may be a thousand.
void note_direct(const SideBarSection& section, SideBarViewState& state, FrameContext& f,
                 const Rect& header) {
  if (section.kind != SideBarSection::Kind::direct) return;
  const float top = ImGui::GetWindowPos().y;
  state.direct_below = header.y0 + f.px(kBelow) > top + ImGui::GetWindowHeight();
  if (!state.direct_wanted) return;
  state.direct_wanted = false;
  ImGui::SetScrollFromPosY(header.y0 - top, 0);
}

void draw_section(const SideBarSection& section, SideBarViewState& state, FrameContext& f, Actions& actions) {
  const bool has_hint =
      section.kind == SideBarSection::Kind::rooms || section.kind == SideBarSection::Kind::direct;
  if (section.rows.empty() && !has_hint && section.kind != SideBarSection::Kind::own) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect header{at.x, at.y, at.x + room_left(), at.y + f.px(32)};
  note_direct(section, state, f, header);
  draw_section_title(section, f, actions, header);
  draw_section_buttons(section.kind, f, actions, header);
  if (section.rows.empty() && !section.collapsed) {
    const Rect rect = place(0, f.px(28));
    const std::string& hint = section.kind == SideBarSection::Kind::rooms ? tr("Browse rooms to join one.")
                              : section.kind == SideBarSection::Kind::own ? tr("Drag rooms here.")
                                                                          : tr("Nobody yet.");
    text_in(f, FontRole::small, {rect.x0 + f.px(10), rect.y0, rect.x1, rect.y1}, f.theme.text2, hint);
    note(f, ItemKind::text, rect, hint);
  }
  const auto place_here = drop_place(section);
  for (const RoomRow& room : section.rows)
    if (!section.collapsed || room.selected) draw_room(room, place_here, state, f, actions);
  follow_drag_over_end(state.drag, section, header, f);
  vertical_gap(f, 8);
}

// While the mouse is over the list its rows stay where they are.
void hold_rows(const SideBarProps& props, SideBarViewState& state, const FrameContext& f) {
  const bool over =
      f.window_focused && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (!over) {
    state.held.clear();
  } else {
    state.held = state.held.empty() ? props.sections : hold_sections(state.held, props.sections);
  }
}

void draw_menu_of_room(const RoomHeaderProps& menu, SideBarViewState& state, FrameContext& f,
                       Actions& actions) {
  if (!menu.room.is_set() || menu.room != state.menu_room) return;
  const std::string name{ids::kSideMenu};
  if (std::exchange(state.menu_wanted, false)) open_popup(name);
  draw_room_menu(menu, name, f, actions, state.menu_at);
}

// The line that leads to the direct messages while they are further down.
void draw_direct_below(const SideBarProps& props, SideBarViewState& state, FrameContext& f,
                       const Rect& list) {
  if (!state.direct_below) return;
  const Rect area{list.x0, list.y1 - f.px(kBelow), list.x1, list.y1};
  begin_pane(f, "side.below", area, {.back = f.theme.surface0});
  const Rect rect{area.x0 + f.px(8), area.y0, area.x1 - f.px(8), area.y1 - f.px(2)};
  const Interaction it = interact(f, ids::kDirectBelow, rect, ItemKind::button, tr("Direct messages"));
  if (it.hovered) fill(rect, f.theme.surface2, f.px(6));
  hairline(f, rect.x0, rect.x1, area.y0, f.theme.line);
  const float middle = (rect.y0 + rect.y1) / 2;
  draw_icon(f, Icon::down, rect.x0 + f.px(17), middle, f.px(12), f.theme.text1);
  text_in(f, FontRole::small, {rect.x0 + f.px(30), rect.y0, rect.x1, rect.y1}, f.theme.text1,
          tr("Direct messages"));
  std::uint32_t unread = 0;
  for (const SideBarSection& section : props.sections)
    for (const RoomRow& room : section.rows)
      if (room.mark == RoomMark::direct && !room.muted) unread += room.unread;
  if (unread > 0) badge(f, rect.x1 - f.px(10), middle, short_count(unread), BadgeTone::quiet);
  if (it.focused) focus_ring(f, rect, f.px(6));
  if (it.pressed) state.direct_wanted = true;
  end_pane();
}

void draw_connection(const SideBarProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const Rect rect{area.x0 + f.px(8), area.y1 - f.px(kFooter), area.x1 - f.px(8), area.y1 - f.px(6)};
  const bool online = props.connection == ConnectionMark::online;
  const Interaction it =
      interact(f, ids::kConnection, rect, ItemKind::text, props.connection_line, {.takes_keyboard = !online});
  Colour colour = f.theme.text2;
  Icon icon = Icon::shield;
  if (props.connection == ConnectionMark::connecting) icon = Icon::refresh;
  if (props.connection == ConnectionMark::offline) icon = Icon::refresh, colour = f.theme.warn;
  if (props.connection == ConnectionMark::refused) icon = Icon::warning, colour = f.theme.bad;
  draw_icon(f, icon, rect.x0 + f.px(17), (rect.y0 + rect.y1) / 2, f.px(14), online ? f.theme.ok : colour);
  const Colour ink = props.connection == ConnectionMark::refused ? f.theme.bad : f.theme.text2;
  text_in(f, FontRole::small, {rect.x0 + f.px(30), rect.y0, rect.x1, rect.y1}, ink,
          f.screen(props.connection_line));
  if (it.focused) focus_ring(f, rect, f.px(6));
  if (it.pressed && !online) actions.push_back(RetryConnection{});
}

}  // namespace

void draw_side_bar(const SideBarProps& props, const RoomHeaderProps& menu, SideBarViewState& state,
                   FrameContext& f, Actions& actions, const Rect& area) {
  fill(area, f.theme.surface0);
  begin_pane(f, "side.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kHead)},
             {.padding_x = 8, .padding_y = 10});
  draw_self(props, f, actions);
  vertical_gap(f, 6);
  draw_jump(f, actions);
  end_pane();
  const Rect list{area.x0, area.y0 + f.px(kHead), area.x1, area.y1 - f.px(kFooter + 4)};
  begin_pane(f, "side.list", list, {.scrolls = true, .padding_x = 8});
  hold_rows(props, state, f);
  begin_drag_frame(state.drag);
  draw_threads(props, f, actions);
  const std::vector<SideBarSection>& sections = state.held.empty() ? props.sections : state.held;
  for (const SideBarSection& section : sections) draw_section(section, state, f, actions);
  const auto is_direct = [](const SideBarSection& one) { return one.kind == SideBarSection::Kind::direct; };
  if (std::none_of(sections.begin(), sections.end(), is_direct)) state.direct_below = false;
  // What was dropped moves at once, under the mouse, too.
  if (finish_drag(state.drag, sections, list, f, actions)) state.held.clear();
  end_pane();
  draw_menu_of_room(menu, state, f, actions);
  draw_direct_below(props, state, f, list);
  draw_connection(props, f, actions, area);
  vertical_hairline(f, area.x1 - 1, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
