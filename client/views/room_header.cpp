#include "client/views/room_header.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/room_menu.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/popup.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// "locked", "slow mode 30 s": what is out of the ordinary, behind the name.
void draw_states(const RoomHeaderProps& props, FrameContext& f, float x, float y, float right) {
  const auto state = [&](Icon icon, const std::string& words) {
    const float width = f.px(18) + text_width(f, FontRole::small, words);
    if (x + width > right) return;
    draw_icon(f, icon, x + f.px(6), y + f.px(11), f.px(13), f.theme.warn);
    text_line(f, FontRole::small, x + f.px(16), y + f.px(4), f.theme.warn, words);
    note(f, ItemKind::text, {x, y, x + width, y + f.px(22)}, words);
    x += width + f.px(10);
  };
  if (props.archived) state(Icon::lock, tr("archived"));
  if (props.locked && !props.archived) state(Icon::lock, tr("locked"));
  if (!props.slow_mode.empty()) state(Icon::clock, tr("slow mode {0}", props.slow_mode));
}

// What is cut tells itself in full under the mouse.
void tell_cut(FrameContext& f, FontRole role, const Rect& line, std::string_view screen) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool over = ImGui::IsWindowHovered() && mouse.x >= line.x0 && mouse.x < line.x1 &&
                    mouse.y >= line.y0 && mouse.y < line.y1;
  tooltip(f, {.hovered = over && text_width(f, role, screen) > line.width()}, screen);
}

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
  tell_cut(f, FontRole::title, {x, y, right, y + f.px(20)}, f.screen(name));
  draw_states(props, f, x + width + f.px(10), y, right);
  if (!has_topic) return;
  const Rect line{area.x0 + f.px(20), y + f.px(21), right, y + f.px(38)};
  text_in(f, FontRole::small, line, f.theme.text2, f.screen(props.topic));
  note(f, ItemKind::text, line, props.topic);
  tell_cut(f, FontRole::small, line, f.screen(props.topic));
}

}  // namespace

void draw_room_header(const RoomHeaderProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "room.header", area);
  const float middle = (area.y0 + area.y1) / 2;
  float right = area.x1 - f.px(14);
  const Rect dots{right - f.px(28), middle - f.px(14), right, middle + f.px(14)};
  if (icon_button_at(f, ids::kRoomMenu, dots, Icon::dots, tr("More")))
    open_popup(std::string{ids::kRoomMenu} + ".list");
  draw_room_menu(props, std::string{ids::kRoomMenu} + ".list", f, actions, dots);
  right = dots.x0 - f.px(4);
  const IconButtonOptions members{.selected = props.members_shown, .caption = props.member_count};
  const Rect people{right - icon_button_width(f, members), middle - f.px(14), right, middle + f.px(14)};
  if (icon_button_at(f, ids::kMembersToggle, people, Icon::people, tr("Members"), members)) {
    actions.push_back(ToggleMembers{});
  }
  const IconButtonOptions pins{.selected = props.pins_shown, .caption = props.pin_count};
  const Rect pin{people.x0 - f.px(4) - icon_button_width(f, pins), people.y0, people.x0 - f.px(4), people.y1};
  if (icon_button_at(f, ids::kPinsToggle, pin, Icon::pin, tr("Pinned messages"), pins))
    actions.push_back(TogglePins{});
  const Rect clip{pin.x0 - f.px(32), pin.y0, pin.x0 - f.px(4), pin.y1};
  if (icon_button_at(f, ids::kFilesToggle, clip, Icon::clip, tr("Files of this room"),
                     {.selected = props.files_shown}))
    actions.push_back(ToggleFiles{});
  const Rect glass{clip.x0 - f.px(32), pin.y0, clip.x0 - f.px(4), pin.y1};
  if (icon_button_at(f, ids::kSearchToggle, glass, Icon::search, tr("Search this room")))
    actions.push_back(OpenSearch{false});
  draw_title(props, f, area, glass.x0 - f.px(16));
  hairline(f, area.x0, area.x1, area.y1 - 1, f.theme.line);
  end_pane();
}

}  // namespace wardroom::client::views
