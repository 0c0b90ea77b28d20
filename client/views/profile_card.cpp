#include "client/views/profile_card.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/presence_mark.hpp"
#include "common/language/tr.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

void draw_who(const ProfileCardProps& props, FrameContext& f) {
  const Rect head = place(0, f.px(64));
  const float middle = (head.y0 + head.y1) / 2;
  avatar(f, head.x0 + f.px(28), middle, f.px(52), props.person.display_name);
  presence_dot(f, head.x0 + f.px(47), middle + f.px(19), f.px(12), dot_of(props.person.presence),
               f.theme.surface1);
  const float x = head.x0 + f.px(70);
  const float room = head.x1 - x;
  text_line(f, FontRole::title, x, head.y0 + f.px(8), f.theme.text0, f.screen(props.person.display_name),
            room);
  std::string below = "@" + props.person.name;
  if (!props.pronouns.empty()) below += " \xC2\xB7 " + props.pronouns;
  text_line(f, FontRole::text, x, head.y0 + f.px(34), f.theme.text1, f.screen(below), room);
  note(f, ItemKind::header, head, props.person.display_name + ", " + below);
}

void draw_fact(std::string_view label, const std::string& value, FrameContext& f) {
  if (value.empty()) return;
  const Rect line = place(0, f.px(26));
  text_in(f, FontRole::small, line, f.theme.text2, label);
  text_in(f, FontRole::text, {line.x0 + f.px(96), line.y0, line.x1, line.y1}, f.theme.text0, f.screen(value));
  note(f, ItemKind::text, line, std::string(label) + ": " + value);
}

}  // namespace

void draw_profile_card(const ProfileCardProps& props, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kProfileDialog, tr("Profile"), {.width = 400}, close)) return;
  draw_who(props, f);
  vertical_gap(f, 6);
  draw_fact(tr("Title"), props.title, f);
  draw_fact(tr("Status"), props.status, f);
  draw_fact(tr("Until"), props.status_until, f);
  draw_fact(tr("Local time"), props.clock, f);
  draw_fact(tr("Time zone"), props.zone, f);
  if (!props.error.empty()) notice(f, NoticeTone::bad, props.error);
  if (props.busy) paragraph(f, tr("Loading…"), FontRole::small, f.theme.text2);
  const DialogChoice choice =
      dialog_buttons(f, ids::kProfileDialog,
                     {.confirm = props.person.is_self ? tr("Edit") : tr("Message"), .cancel = tr("Close")});
  end_dialog();
  if (choice == DialogChoice::confirmed && props.person.is_self) {
    actions.push_back(ShowDialog{Dialog::settings});
  } else if (choice == DialogChoice::confirmed) {
    actions.push_back(ShowDialog{Dialog::none});
    actions.push_back(OpenDirect{{props.person.id}});
  } else if (close || choice == DialogChoice::cancelled) {
    actions.push_back(ShowDialog{Dialog::none});
  }
}

}  // namespace wardroom::client::views
