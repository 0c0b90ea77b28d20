#include "admin/views/rooms.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kRoomsHead = 116;
constexpr float kRoomDetails = 264;
constexpr float kLeastBesideOfRoom = 600;
constexpr std::array<Column, 5> kRoomsColumns{
    {{"Name", -5}, {"Kind", 90}, {"Members", 90}, {"State", 190}, {"Topic", -5}}};

void draw_head(const RoomsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "rooms.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kRoomsHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string add = f.screen("New room\xE2\x80\xA6");
  const float button_at = area.x1 - f.px(20) - (props.may_create ? button_width(f, add) : 0);
  draw_page_title(f, "Rooms", props.summary, button_at - f.px(12));
  if (props.may_create) {
    ImGui::SetCursorScreenPos({button_at, at.y});
    if (button(f, ids::kRoomsNew, add, {.tone = ButtonTone::primary}))
      actions.push_back(ShowRoomsDialog{RoomsDialog::add});
  }
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(48)});
  std::string query = props.query;
  text_field(f, ids::kRoomsQuery, query,
             {.placeholder = "Name or topic", .search = true, .width = f.px(280)});
  if (query != props.query) actions.push_back(FilterRooms{query});
  end_pane();
}

void draw_table(const RoomsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.rows.empty()) {
    return draw_emptiness(
        f, area, {props.loading, props.error, "No matches", "Public rooms and your own appear here."});
  }
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const RoomRow& r) { return r.id == props.selected; });
  TableOptions options = list_options(props.sort, 34);
  if (chosen != props.rows.end()) options.selected = static_cast<std::size_t>(chosen - props.rows.begin());
  options.list = props.list;
  const TableResult result = table(
      f, ids::kRoomsTable, area, kRoomsColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].name; },
      [&](std::size_t i, RowPainter& row) {
        const RoomRow& r = props.rows[i];
        row.cell(f.screen("# " + r.name), f.theme.text0);
        row.cell(r.kind);
        row.cell(r.members);
        row.cell(f.screen(r.state),
                 r.state.starts_with("locked") && options.selected != i ? f.theme.warn : 0U);
        row.cell(f.screen(r.topic));
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::rooms, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectRoom{props.rows[*result.pressed].id});
  if (result.near_end && props.more && !props.loading) actions.push_back(LoadMoreRooms{});
}

void draw_members(const RoomDetails& d, FrameContext& f) {
  if (!d.members_error.empty()) return paragraph(f, d.members_error, FontRole::text, f.theme.text1);
  if (d.members_loading)
    return paragraph(f, "Asking who is in it\xE2\x80\xA6", FontRole::text, f.theme.text1);
  for (const RoomMember& member : d.members) {
    const Rect line = place(0, f.px(30));
    avatar(f, line.x0 + f.px(11), (line.y0 + line.y1) / 2, f.px(22), member.name);
    const float width = text_in(f, FontRole::text, {line.x0 + f.px(32), line.y0, line.x1, line.y1},
                                f.theme.text0, f.screen(member.name));
    text_in(f, FontRole::small, {line.x0 + f.px(42) + width, line.y0, line.x1, line.y1}, f.theme.text1,
            member.role);
    note(f, ItemKind::text, line, member.name + " " + member.role);
  }
}

void act(FrameContext& f, Actions& actions, std::string_view id, std::string_view label,
         ReasonedAction action) {
  if (button(f, id, f.screen(label), {.width = room_left()})) actions.push_back(AskReason{std::move(action)});
  vertical_gap(f, 8);
}

// Of a room that one isn't in the list doesn't say whether it is locked: then both ways are offered.
void draw_acts(const RoomsProps& props, FrameContext& f, Actions& actions) {
  const RoomDetails& d = props.details;
  const RoomId room = props.selected;
  if (d.archived)
    return act(f, actions, ids::kRoomReopen, "Open again\xE2\x80\xA6", ArchiveRoom{room, false});
  if (!d.state_known || !d.locked) act(f, actions, ids::kRoomLock, "Lock\xE2\x80\xA6", LockRoom{room, true});
  if (!d.state_known || d.locked)
    act(f, actions, ids::kRoomUnlock, "Unlock\xE2\x80\xA6", LockRoom{room, false});
  if (button(f, ids::kRoomEdit, f.screen("Edit\xE2\x80\xA6"), {.width = room_left()}))
    actions.push_back(ShowRoomsDialog{RoomsDialog::edit});
  vertical_gap(f, 8);
  act(f, actions, ids::kRoomSlow, "Slow mode\xE2\x80\xA6", SlowRoom{room});
  act(f, actions, ids::kRoomArchive, "Archive\xE2\x80\xA6", ArchiveRoom{room, true});
}

void draw_about(const RoomRow& room, FrameContext& f) {
  paragraph(f, "# " + room.name, FontRole::title, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(f, room.kind + " room" + (room.state.empty() ? "" : ", " + room.state), FontRole::small,
            f.theme.text1);
  vertical_gap(f, 8);
  paragraph(f, room.topic.empty() ? "It has no topic." : room.topic, FontRole::text, f.theme.text0);
}

void draw_room(const RoomsProps& props, const RoomRow& room, FrameContext& f, Actions& actions,
               const Rect& box) {
  card(f, box);
  // Narrower, the three parts of the card stand below each other.
  if (box.width() < f.px(kLeastBesideOfRoom)) {
    begin_pane(f, Id{"room.all", room.id.value}, {box.x0, box.y0 + 1, box.x1, box.y1 - 1},
               {.scrolls = true, .padding_x = 16, .padding_y = 14});
    draw_about(room, f);
    vertical_gap(f, 10);
    draw_acts(props, f, actions);
    draw_members(props.details, f);
    return end_pane();
  }
  const float acts = f.px(220);
  const float half = (box.width() - acts) / 2;
  begin_pane(f, "room.about", {box.x0, box.y0 + 1, box.x0 + half, box.y1 - 1},
             {.scrolls = true, .padding_x = 16, .padding_y = 14});
  draw_about(room, f);
  end_pane();
  begin_pane(f, Id{"room.members", room.id.value}, {box.x0 + half, box.y0 + 1, box.x1 - acts, box.y1 - 1},
             {.scrolls = true, .padding_x = 16, .padding_y = 14});
  draw_members(props.details, f);
  end_pane();
  begin_pane(f, "room.acts", {box.x1 - acts, box.y0 + 1, box.x1, box.y1 - 1},
             {.scrolls = true, .padding_x = 16, .padding_y = 16});
  draw_acts(props, f, actions);
  end_pane();
}

}  // namespace

void draw_rooms(const RoomsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  draw_head(props, f, actions, area);
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const RoomRow& r) { return r.id == props.selected; });
  const bool details = chosen != props.rows.end();
  // In a small window the list keeps half of the room.
  const float height = std::min(f.px(kRoomDetails), (area.height() - f.px(kRoomsHead)) / 2);
  const float bottom = details ? area.y1 - height - f.px(26) : area.y1;
  draw_table(props, f, actions, {area.x0 + f.px(20), area.y0 + f.px(kRoomsHead), area.x1 - f.px(10), bottom});
  if (details)
    draw_room(props, *chosen, f, actions,
              {area.x0 + f.px(20), area.y1 - height - f.px(16), area.x1 - f.px(20), area.y1 - f.px(16)});
}

}  // namespace wardroom::admin::views
