#include "admin/views/room_dialog.hpp"

#include <algorithm>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {

using namespace ui;

void draw_room_dialog(const RoomsProps& props, RoomsViewState& state, FrameContext& f, Actions& actions) {
  if (props.dialog == RoomsDialog::none) return;
  const bool add = props.dialog == RoomsDialog::add;
  const auto room = std::find_if(props.rows.begin(), props.rows.end(),
                                 [&](const RoomRow& row) { return row.id == props.selected; });
  if (!add && room == props.rows.end()) return;
  bool close = false;
  const std::string title = add ? "New room" : "Edit # " + room->name;
  if (!begin_dialog(f, ids::kRoom, f.screen(title), {.width = 460}, close)) return;
  const bool appearing = ImGui::IsWindowAppearing();
  if (appearing) state.form = add ? RoomForm{} : RoomForm{room->name, room->topic, false};
  vertical_gap(f, 8);
  if (!props.dialog_error.empty()) {
    notice(f, NoticeTone::bad, props.dialog_error);
    vertical_gap(f, 12);
  }
  bool go = text_field(f, ids::kRoomName, state.form.name,
                       {.label = "Name",
                        .placeholder = "For example: release-8",
                        .disabled = props.dialog_busy,
                        .take_focus = appearing})
                .submitted;
  vertical_gap(f, 12);
  go = text_field(f, ids::kRoomTopic, state.form.topic,
                  {.label = "Topic (optional)", .disabled = props.dialog_busy})
           .submitted ||
       go;
  if (add) {
    vertical_gap(f, 12);
    checkbox(f, ids::kRoomPrivate, "Private", state.form.is_private,
             "Only those who were added see it and read it.");
  }
  const bool same = !add && state.form.name == room->name && state.form.topic == room->topic;
  const bool ready = !state.form.name.empty() && !same && !props.dialog_busy;
  const DialogChoice choice =
      dialog_buttons(f, ids::kRoom, {.confirm = add ? "Make room" : "Save", .confirm_disabled = !ready});
  end_dialog();
  if (ready && (go || choice == DialogChoice::confirmed)) {
    if (add)
      actions.push_back(MakeRoom{state.form});
    else
      actions.push_back(EditRoom{room->id, state.form});
  } else if (close || choice == DialogChoice::cancelled) {
    actions.push_back(ShowRoomsDialog{});
  }
}

}  // namespace wardroom::admin::views
