#include "client/views/room_menu.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/popup.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// More are reached by dragging.
constexpr std::size_t kMostSectionLines = 6;

// Of what the person is told outside the window.
void draw_attention_lines(const RoomHeaderProps& props, FrameContext& f, Actions& actions) {
  const auto line = [&](const Id& id, std::string_view label, Action action, bool checked = false) {
    if (!menu_row(f, id, f.screen(label), {.checked = checked})) return;
    actions.push_back(std::move(action));
    ImGui::CloseCurrentPopup();
  };
  const auto level = [&](RoomLevel which, std::string_view label) {
    line(Id{ids::kRoomLevel, static_cast<std::int64_t>(which)}, label, SetRoomLevel{props.room, which},
         props.paused_until.empty() && props.level == which);
  };
  const auto pause = [&](RoomPause which, std::string_view label) {
    line(Id{ids::kRoomPause, static_cast<std::int64_t>(which)}, label, PauseRoom{props.room, which});
  };
  const Rect head = place(0, f.px(22));
  const std::string title = props.paused_until.empty()
                                ? tr("Notifications")
                                : tr("Notifications paused until {0}", props.paused_until);
  text_in(f, FontRole::small, {head.x0 + f.px(10), head.y0, head.x1, head.y1}, f.theme.text2, title);
  note(f, ItemKind::header, head, title);
  level(RoomLevel::all, tr("All messages"));
  level(RoomLevel::mentions, tr("Mentions and keywords"));
  level(RoomLevel::nothing, tr("Nothing"));
  if (!props.paused_until.empty()) return pause(RoomPause::none, tr("Resume now"));
  pause(RoomPause::hour, tr("Pause for an hour"));
  pause(RoomPause::tomorrow, tr("Pause until tomorrow, 08:00"));
}

// Where the room stands in the side bar.
void draw_placing_lines(const RoomHeaderProps& props, FrameContext& f, Actions& actions) {
  const auto line = [&](const Id& id, std::string_view label, Action action) {
    if (!menu_row(f, id, f.screen(label))) return;
    actions.push_back(std::move(action));
    ImGui::CloseCurrentPopup();
  };
  const RoomPlacing& placing = props.placing;
  using Kind = SidebarPlace::Kind;
  line(ids::kRoomFavourite, placing.favourite ? tr("Remove from favourites") : tr("Add to favourites"),
       PlaceRoom{props.room, {placing.favourite ? Kind::nowhere : Kind::favourites, 0}, {}});
  for (std::size_t i = 0; i < placing.sections.size() && i < kMostSectionLines; ++i)
    if (placing.section != i)
      line(Id{ids::kRoomSection, static_cast<std::int64_t>(i)}, tr("Move to {0}", placing.sections[i]),
           PlaceRoom{props.room, {Kind::section, i}, {}});
  if (placing.section)
    line(ids::kRoomUnplace, tr("Remove from {0}", placing.sections[*placing.section]),
         PlaceRoom{props.room, {}, {}});
  line(ids::kRoomNewSection, tr("Move to a new section…"), StartSection{std::nullopt, props.room});
  if (placing.may_go_up) line(ids::kRoomUp, tr("Move up"), ShiftRoom{props.room, -1});
  if (placing.may_go_down) line(ids::kRoomDown, tr("Move down"), ShiftRoom{props.room, 1});
}

}  // namespace

void draw_room_menu(const RoomHeaderProps& props, const std::string& name, FrameContext& f, Actions& actions,
                    const Rect& anchor) {
  if (!begin_popup(f, name, anchor, f.px(250))) return;
  const auto line = [&](std::string_view id, std::string_view label, Action action,
                        const MenuRowOptions& options = {}) {
    if (!menu_row(f, id, f.screen(label), options)) return;
    actions.push_back(std::move(action));
    ImGui::CloseCurrentPopup();
  };
  const auto ask = [&](ReasonedAction what) { return AskReason{what, props.room, {}, {}}; };
  line(ids::kRoomMarkRead, tr("Mark as read"), MarkRead{props.room}, {.shortcut = tr("Esc")});
  if (name == std::string{ids::kRoomMenu} + ".list")
    line(ids::kRoomDate, tr("Go to a day…"), StartDateJump{}, {.shortcut = tr("Ctrl G")});
  menu_separator(f);
  draw_placing_lines(props, f, actions);
  menu_separator(f);
  draw_attention_lines(props, f, actions);
  menu_separator(f);
  if (props.mark != RoomMark::direct && !props.archived) {
    if (props.moderates) line(ids::kRoomChange, tr("Name and topic…"), StartChangingRoom{props.room});
    line(ids::kRoomAddPeople, tr("Add people…"), StartAddingPeople{props.room});
    menu_separator(f);
  }
  if (props.moderates) {
    line(ids::kRoomLock, props.locked ? tr("Unlock…") : tr("Lock…"),
         ask(props.locked ? ReasonedAction::unlock : ReasonedAction::lock));
    line(ids::kRoomSlowMode, tr("Slow mode…"), ask(ReasonedAction::slow_mode),
         {.checked = !props.slow_mode.empty()});
    line(ids::kRoomArchive, props.archived ? tr("Open again…") : tr("Archive…"),
         ask(props.archived ? ReasonedAction::unarchive : ReasonedAction::archive));
    menu_separator(f);
  }
  if (props.mark != RoomMark::direct)
    line(ids::kRoomLeave, tr("Leave room"), LeaveRoom{props.room}, {.danger = true});
  if (props.may_end) line(ids::kRoomEnd, tr("End conversation"), EndDirect{props.room}, {.danger = true});
  end_popup();
}

}  // namespace wardroom::client::views
