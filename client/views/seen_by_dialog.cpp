#include "client/views/seen_by_dialog.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {

using namespace ui;

void draw_seen_by(const SeenByProps& props, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kSeenByDialog, tr("Seen by"), {.width = 360}, close)) return;
  vertical_gap(f, 4);
  if (!props.error.empty()) notice(f, NoticeTone::bad, props.error);
  if (props.loading) paragraph(f, tr("Loading…"), FontRole::text, f.theme.text1);
  if (!props.loading && props.error.empty() && props.people.empty())
    paragraph(f, tr("Nobody has read it yet."), FontRole::text, f.theme.text1);
  constexpr float kSeenRow = 34;
  const float height = std::min(f.px(kSeenRow) * static_cast<float>(props.people.size()), f.height / 2);
  if (height > 0) {
    const Rect area = place(0, height);
    const ImVec2 after = ImGui::GetCursorScreenPos();
    begin_pane(f, "seen_by.list", area, {.scrolls = true});
    for (const PersonProps& person : props.people) {
      const Rect line = place(0, f.px(kSeenRow));
      avatar(f, line.x0 + f.px(16), (line.y0 + line.y1) / 2, f.px(26), person.display_name);
      text_in(f, FontRole::text, {line.x0 + f.px(38), line.y0, line.x1, line.y1}, f.theme.text0,
              f.screen(person.display_name));
      note(f, ItemKind::text, line, person.display_name);
    }
    end_pane();
    ImGui::SetCursorScreenPos(after);
  }
  end_dialog();
  if (close) actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
