#include "client/views/room_header.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/popup.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

void draw_title(const RoomHeaderProps& props, FrameContext& f, const Rect& area, float right) {
  const bool has_topic = !props.topic.empty();
  float x = area.x0 + f.px(20);
  const float y = has_topic ? area.y0 + f.px(8) : area.y0 + f.px(17);
  if (props.mark == RoomMark::private_room) {
    draw_icon(f, Icon::lock, x + f.px(7), y + f.px(11), f.px(16), f.theme.text0);
    x += f.px(20);
  }
  const std::string name = props.mark == RoomMark::public_room ? "# " + props.name : props.name;
  const float width = text_line(f, FontRole::title, x, y, f.theme.text0, f.screen(name), right - x);
  note(f, ItemKind::header, {x, y, x + width, y + f.px(22)}, name);
  if (props.locked) {
    draw_icon(f, Icon::lock, x + width + f.px(14), y + f.px(11), f.px(13), f.theme.warn);
    text_line(f, FontRole::small, x + width + f.px(24), y + f.px(4), f.theme.warn, "locked");
  }
  if (!has_topic) return;
  const Rect line{area.x0 + f.px(20), y + f.px(21), right, y + f.px(38)};
  text_in(f, FontRole::small, line, f.theme.text2, f.screen(props.topic));
  note(f, ItemKind::text, line, props.topic);
}

void draw_menu(const RoomHeaderProps& props, FrameContext& f, Actions& actions, const Rect& anchor) {
  const std::string name = std::string{ids::kRoomMenu} + ".list";
  if (!begin_popup(f, name, anchor, f.px(200))) return;
  if (menu_row(f, ids::kRoomMarkRead, "Mark as read", {.shortcut = "Esc"})) {
    actions.push_back(MarkRead{props.room});
    ImGui::CloseCurrentPopup();
  }
  if (props.mark != RoomMark::direct && menu_row(f, ids::kRoomLeave, "Leave room", {.danger = true})) {
    actions.push_back(LeaveRoom{props.room});
    ImGui::CloseCurrentPopup();
  }
  end_popup();
}

}  // namespace

void draw_room_header(const RoomHeaderProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "room.header", area);
  const float middle = (area.y0 + area.y1) / 2;
  float right = area.x1 - f.px(14);
  const Rect dots{right - f.px(28), middle - f.px(14), right, middle + f.px(14)};
  if (icon_button_at(f, ids::kRoomMenu, dots, Icon::dots, "More"))
    open_popup(std::string{ids::kRoomMenu} + ".list");
  draw_menu(props, f, actions, dots);
  right = dots.x0 - f.px(4);
  const IconButtonOptions members{.selected = props.members_shown, .caption = props.member_count};
  const Rect people{right - icon_button_width(f, members), middle - f.px(14), right, middle + f.px(14)};
  if (icon_button_at(f, ids::kMembersToggle, people, Icon::people, "Members", members)) {
    actions.push_back(ToggleMembers{});
  }
  draw_title(props, f, area, people.x0 - f.px(16));
  hairline(f, area.x0, area.x1, area.y1 - 1, f.theme.line);
  end_pane();
}

}  // namespace wardroom::client::views
