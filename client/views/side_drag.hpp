#pragma once

#include <optional>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/props/side_bar.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {

// A room of the side bar that is dragged to another place.
struct RoomDrag {
  RoomId room;         // on which the button went down; not set: none
  bool moves = false;  // the mouse has gone far enough since
  float pressed_x = 0, pressed_y = 0;
  // Where it would go if the button came up now.
  std::optional<SidebarPlace> place;
  RoomId before;        // not set: at the end
  bool behind = false;  // behind that one, and not before it
  ui::Rect line;        // what shows that
};

// Where a room that is dropped in the section goes; nothing: rooms can't be put there.
std::optional<SidebarPlace> drop_place(const SideBarSection& section);

// In this order in each frame: at the beginning of the list, for each row, behind each section, at the end.
void begin_drag_frame(RoomDrag& drag);
void follow_drag(RoomDrag& drag, const RoomRow& room, const ui::Row& row,
                 const std::optional<SidebarPlace>& place, ui::FrameContext& f);
// Its header is its beginning, and what is below its last row its end.
void follow_drag_over_end(RoomDrag& drag, const SideBarSection& section, const ui::Rect& header,
                          ui::FrameContext& f);
// True: the room was dropped somewhere in this frame.
bool finish_drag(RoomDrag& drag, const std::vector<SideBarSection>& sections, const ui::Rect& list,
                 ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
