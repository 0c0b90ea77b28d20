#include "admin/views/watch_card.hpp"

#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::admin::views {

using namespace ui;

void draw_watch_card(const WatchCardProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const Colour colour = props.alarm ? f.theme.bad : props.behind ? f.theme.warn : f.theme.ok;
  const float middle = (area.y0 + area.y1) / 2;
  draw_icon(f, props.alarm || props.behind ? Icon::warning : Icon::shield, area.x0 + f.px(8), middle,
            f.px(15), colour);
  const std::string words = props.alarm ? props.text + " · the log isn't what this console saw" : props.text;
  const float width = text_in(f, FontRole::small, {area.x0 + f.px(24), area.y0, area.x1 - f.px(80), area.y1},
                              props.alarm ? f.theme.bad : f.theme.text1, f.screen(words));
  note(f, ItemKind::card, area, words, ids::kAuditWatch);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({area.x0 + f.px(36) + width, middle - f.px(8)});
  if (link(f, ids::kAuditWatchDetails, "Details", FontRole::small)) actions.push_back(desk::WatchAct::open);
  ImGui::SetCursorScreenPos(after);
}

}  // namespace wardroom::admin::views
