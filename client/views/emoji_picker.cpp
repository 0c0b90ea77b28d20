#include "client/views/emoji_picker.hpp"

#include <array>
#include <imgui.h>
#include <vector>

#include "client/views/emoji_names.hpp"
#include "client/views/ids.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/popup.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr std::array<std::string_view, 8> kFrequent = {"👍", "❤️", "😄", "🎉", "👀", "🙏", "✅", "😢"};
constexpr float kPickerWidth = 312;
constexpr float kCell = 36;
constexpr std::size_t kColumns = 8;
constexpr float kGridHeight = 220;

// One emoji of the grid; true when it was chosen.
bool draw_cell(FrameContext& f, std::int64_t place_number, const EmojiName& entry, const Rect& cell) {
  const Interaction it = interact(f, Id{ids::kPickerEmoji, place_number}, cell, ItemKind::button, entry.name);
  if (!it.visible) return false;
  if (it.hovered || it.focused) fill(cell, f.theme.surface3, f.px(6));
  text_in(f, FontRole::heading, cell, f.theme.text0, f.screen(entry.emoji), true);
  if (it.focused) focus_ring(f, cell, f.px(6));
  tooltip(f, it, ":" + std::string{entry.name} + ":");
  return it.pressed;
}

std::vector<EmojiName> shown_emoji(std::string_view query) {
  std::vector<EmojiName> shown;
  if (query.starts_with(':')) query.remove_prefix(1);
  if (query.empty())
    for (const std::string_view emoji : kFrequent)
      for (const EmojiName& entry : emoji_names())
        if (entry.emoji == emoji) {
          shown.push_back(entry);
          break;
        }
  for (const bool prefix : {true, false}) {
    for (const EmojiName& entry : emoji_names()) {
      const auto at = entry.name.find(query);
      if (at != std::string_view::npos && (at == 0) == prefix) shown.push_back(entry);
    }
  }
  return shown;
}

std::optional<std::string> draw_grid(FrameContext& f, const std::vector<EmojiName>& shown, bool take_first) {
  std::optional<std::string> chosen;
  if (take_first && !shown.empty()) chosen = shown.front().emoji;
  const float cell = f.px(kCell);
  for (std::size_t first = 0; first < shown.size(); first += kColumns) {
    const Rect line = place(0, cell);
    for (std::size_t i = first; i < std::min(first + kColumns, shown.size()); ++i) {
      const float x = line.x0 + cell * static_cast<float>(i - first);
      if (draw_cell(f, static_cast<std::int64_t>(i), shown[i], {x, line.y0, x + cell, line.y1}))
        chosen = shown[i].emoji;
    }
  }
  if (shown.empty()) {
    const Rect line = place(0, cell);
    text_in(f, FontRole::small, line, f.theme.text1, "No emoji by that name.", true);
    note(f, ItemKind::text, line, "No emoji by that name.");
  }
  return chosen;
}

}  // namespace

std::span<const std::string_view> frequent_emoji() {
  return kFrequent;
}

void open_emoji_picker(EmojiPickerState& state) {
  state = {};
  open_popup(std::string{ids::kPicker});
}

std::optional<std::string> draw_emoji_picker(EmojiPickerState& state, FrameContext& f, const Rect& anchor) {
  if (!begin_popup(f, std::string{ids::kPicker}, anchor, f.px(kPickerWidth))) return std::nullopt;
  const FieldResult typed = text_field(
      f, ids::kPickerQuery, state.query,
      {.placeholder = "Name of an emoji", .search = true, .take_focus = ImGui::IsWindowAppearing()});
  vertical_gap(f, 4);
  const Rect area = place(0, f.px(kGridHeight));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  begin_pane(f, "picker.list", area, {.scrolls = true});
  auto chosen = draw_grid(f, shown_emoji(state.query), typed.submitted && !state.query.empty());
  end_pane();
  ImGui::SetCursorScreenPos(after);
  if (f.pressed(Key::escape) || chosen) ImGui::CloseCurrentPopup();
  end_popup();
  return chosen;
}

}  // namespace wardroom::client::views
