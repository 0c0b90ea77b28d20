#include "common/ui/choice.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <numeric>
#include <vector>

#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/popup.hpp"
#include "common/ui/row.hpp"

namespace wardroom::ui {
namespace {

// The list below a dropdown or chip.
bool choose_from_list(FrameContext& f, const std::string& name, const Rect& anchor, bool open,
                      std::span<const std::string> choices, std::size_t& chosen) {
  if (open) open_popup(name + ".list");
  float width = anchor.width();
  for (const std::string& choice : choices) {
    width = std::max(width, text_width(f, FontRole::text, f.screen(choice)) + f.px(60));
  }
  if (!begin_popup(f, name + ".list", anchor, width)) return false;
  bool changed = false;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string row_name = name + ".choice";
    if (menu_row(f, Id{row_name, static_cast<std::int64_t>(i)}, f.screen(choices[i]),
                 {.checked = i == chosen})) {
      changed = i != chosen;
      chosen = i;
      ImGui::CloseCurrentPopup();
    }
  }
  end_popup();
  return changed;
}

}  // namespace

bool checkbox(FrameContext& f, const Id& id, std::string_view label, bool& on, std::string_view help) {
  const float box = f.px(18);
  const float indent = box + f.px(10);
  const float label_height = line_height(f, FontRole::text);
  const float width = room_left();
  const float help_height = help.empty() ? 0 : text_block(f, FontRole::small, 0, 0, width - indent, 0, help);
  const Rect rect = place(width, std::max(f.px(24), label_height + help_height));
  const Interaction it = interact(f, id, rect, ItemKind::checkbox, label, {.selected = on});
  if (it.pressed) on = !on;
  if (!it.visible) return it.pressed;
  const Rect square{rect.x0, rect.y0 + f.px(1), rect.x0 + box, rect.y0 + f.px(1) + box};
  fill(square, on ? f.theme.accent : f.theme.surface2, f.px(4));
  if (!on) outline(square, it.hovered ? f.theme.text2 : f.theme.line, f.px(4), f.px(1.5F));
  if (on) {
    draw_icon(f, Icon::check, (square.x0 + square.x1) / 2, (square.y0 + square.y1) / 2, f.px(14),
              f.theme.on_accent);
  }
  text_line(f, FontRole::text, rect.x0 + indent, rect.y0, f.theme.text0, label);
  if (!help.empty()) {
    text_block(f, FontRole::small, rect.x0 + indent, rect.y0 + label_height, width - indent, f.theme.text2,
               help);
  }
  if (it.focused) focus_ring(f, {square.x0 - 3, square.y0 - 3, square.x1 + 3, square.y1 + 3}, f.px(6));
  return it.pressed;
}

namespace {

// All alike where there is room for it; else each as wide as its words are.
std::vector<float> segment_widths(FrameContext& f, std::span<const std::string_view> labels) {
  std::vector<float> widths;
  for (const std::string_view label : labels)
    widths.push_back(std::max(text_width(f, FontRole::text, label) + f.px(28),
                              text_width(f, FontRole::bold, label) + f.px(12)));
  const float widest = *std::max_element(widths.begin(), widths.end());
  const float room = room_left() - f.px(4);
  const auto count = static_cast<float>(widths.size());
  if (widest * count <= room) {
    widths.assign(widths.size(), widest);
    return widths;
  }
  const float more = (room - std::accumulate(widths.begin(), widths.end(), 0.0F)) / count;
  for (float& width : widths) width = std::floor(width + more);
  return widths;
}

}  // namespace

bool segmented(FrameContext& f, const Id& id, std::span<const std::string_view> labels, std::size_t& chosen) {
  const std::vector<float> widths = segment_widths(f, labels);
  const float total = std::accumulate(widths.begin(), widths.end(), f.px(4));
  const Rect rect = place(total, f.px(34));
  fill(rect, f.theme.surface2, f.px(8));
  outline(rect, f.theme.line, f.px(8));
  bool changed = false;
  const std::string name = id.text();
  float x = rect.x0 + f.px(2);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Rect part{x, rect.y0 + f.px(2), x + widths[i], rect.y1 - f.px(2)};
    x = part.x1;
    const Interaction it = interact(f, Id{name, static_cast<std::int64_t>(i)}, part, ItemKind::tab, labels[i],
                                    {.selected = i == chosen});
    if (i == chosen) {
      fill(part, f.theme.accent_soft, f.px(6));
    } else if (it.hovered) {
      fill(part, f.theme.surface3, f.px(6));
    }
    text_in(f, i == chosen ? FontRole::bold : FontRole::text, part,
            i == chosen ? f.theme.text0 : f.theme.text1, labels[i], true);
    if (it.focused) focus_ring(f, part, f.px(6));
    if (it.pressed && i != chosen) {
      chosen = i;
      changed = true;
    }
  }
  return changed;
}

bool dropdown(FrameContext& f, const Id& id, std::string_view label, std::span<const std::string> choices,
              std::size_t& chosen, float width) {
  if (!label.empty()) {
    const Rect words = place(width, line_height(f, FontRole::small));
    text_line(f, FontRole::small, words.x0, words.y0, f.theme.text1, label);
    vertical_gap(f, 4);
  }
  const Rect rect = place(width, f.px(34));
  const std::string shown = chosen < choices.size() ? f.screen(choices[chosen]) : std::string{};
  const Interaction it =
      interact(f, id, rect, ItemKind::choice, label.empty() ? shown : label, {.state = shown});
  if (it.visible) {
    fill(rect, it.hovered ? mix(f.theme.surface2, f.theme.surface3, 0.6F) : f.theme.surface2, f.px(6));
    outline(rect, f.theme.line, f.px(6));
    const Rect words{rect.x0 + f.px(10), rect.y0, rect.x1 - f.px(30), rect.y1};
    text_in(f, FontRole::text, words, f.theme.text0, shown);
    draw_icon(f, Icon::chevron_down, rect.x1 - f.px(16), (rect.y0 + rect.y1) / 2, f.px(14), f.theme.text1);
    if (it.focused) focus_ring(f, rect, f.px(6));
  }
  return choose_from_list(f, id.text(), rect, it.pressed, choices, chosen);
}

bool filter_chip(FrameContext& f, const Id& id, std::string_view label, std::span<const std::string> choices,
                 std::size_t& chosen) {
  const std::string shown = chosen < choices.size() ? f.screen(choices[chosen]) : std::string{};
  const float gap = f.px(5);
  const float label_width = text_width(f, FontRole::text, label);
  const Rect rect = place(label_width + gap + text_width(f, FontRole::bold, shown) + f.px(38), f.px(34));
  const Interaction it = interact(f, id, rect, ItemKind::choice, label, {.state = shown});
  if (it.visible) {
    fill(rect, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(6));
    outline(rect, f.theme.line, f.px(6));
    Rect words{rect.x0 + f.px(10), rect.y0, rect.x1, rect.y1};
    text_in(f, FontRole::text, words, f.theme.text1, label);
    words.x0 += label_width + gap;
    text_in(f, FontRole::bold, words, f.theme.text0, shown);
    draw_icon(f, Icon::chevron_down, rect.x1 - f.px(14), (rect.y0 + rect.y1) / 2, f.px(12), f.theme.text1);
    if (it.focused) focus_ring(f, rect, f.px(6));
  }
  return choose_from_list(f, id.text(), rect, it.pressed, choices, chosen);
}

}  // namespace wardroom::ui
