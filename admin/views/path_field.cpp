#include "admin/views/path_field.hpp"

#include <algorithm>
#include <imgui.h>

#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kLeastPath = 180;

// Browse…, then what is done with the path. True: that was pressed.
bool path_buttons(FrameContext& f, const PathFieldOptions& options, const std::string& path,
                  const BrowseProps& browse, Actions& actions) {
  const std::string words = f.screen("Browse\xE2\x80\xA6");
  if (button(f, options.browse_id, words, {.disabled = options.disabled || browse.asking.has_value()}))
    actions.push_back(BrowsePath{options.field, path});
  if (options.act_id.empty()) return false;
  ImGui::SameLine(0, f.px(8));
  return button(f, options.act_id, f.screen(options.act),
                {.tone = options.act_is_primary ? ButtonTone::primary : ButtonTone::quiet,
                 .disabled = options.disabled || path.empty()});
}

}  // namespace

bool path_field(FrameContext& f, const PathFieldOptions& options, std::string& path,
                const BrowseProps& browse, Actions& actions) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float buttons = button_width(f, f.screen("Browse\xE2\x80\xA6")) + f.px(8);
  if (!options.act_id.empty()) buttons += button_width(f, f.screen(options.act)) + f.px(8);
  const float line = room_left();
  const bool beside = line - buttons >= f.px(kLeastPath);
  float width = beside ? line - buttons : line;
  if (options.widest > 0) width = std::min(width, f.px(options.widest));
  const bool entered = text_field(f, options.id, path,
                                  {.label = options.label,
                                   .placeholder = options.placeholder,
                                   .error = options.error,
                                   .disabled = options.disabled,
                                   .take_focus = options.take_focus,
                                   .width = width})
                           .submitted;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const float label = options.label.empty() ? 0 : line_height(f, FontRole::small) + f.px(4);
  if (beside)
    ImGui::SetCursorScreenPos({at.x + width + f.px(8), at.y + label + f.px(1)});
  else
    vertical_gap(f, 8);
  const bool pressed = path_buttons(f, options, path, browse, actions);
  if (beside) ImGui::SetCursorScreenPos(after);
  if (browse.no_dialog) {
    vertical_gap(f, 4);
    paragraph(f, "This desktop has no dialog for files. Type the path instead.", FontRole::small,
              f.theme.text1);
  }
  return !options.disabled && !path.empty() && (pressed || entered);
}

}  // namespace wardroom::admin::views
