#include "client/views/emoji_picker.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>

#include "client/views/emoji_list.hpp"
#include "client/views/emoji_search.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/popup.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr std::array<std::string_view, 8> kFrequent = {"👍", "❤️", "😄", "🎉", "👀", "🙏", "✅", "😢"};
// The recent ones, then emoji_groups().
constexpr std::array<std::string_view, 10> kGroupSigns = {"🕘", "😀", "👋", "🐻", "🍔", "🚗", "⚽", "💡", "🔣", "🏁"};
constexpr std::array<std::string_view, 6> kToneSigns = {"✋",       "✋🏻", "✋🏼",
                                                        "✋🏽", "✋🏾", "✋🏿"};
constexpr std::array<std::string_view, 6> kToneNames = {"No skin tone", "Light",       "Medium light",
                                                        "Medium",       "Medium dark", "Dark"};
constexpr float kPickerWidth = 312;
constexpr float kCell = 36;
constexpr float kBar = 34;  // of the categories, and of the skin tones
constexpr float kHeading = 26;
constexpr std::size_t kColumns = 8;
constexpr float kGridHeight = 220;
constexpr float kAroundGrid = 130;  // the field and both bars

struct PickerCell {
  std::string_view text;
  const Emoji* emoji = nullptr;  // null: known to another version of the list
};

struct PickerSection {
  std::string_view title;  // empty: what was searched for
  std::vector<PickerCell> cells;
};

void look_up_drawable(EmojiPickerState& state, FrameContext& f) {
  if (!state.drawable.empty()) return;
  for (const Emoji& emoji : emoji_list()) state.drawable.push_back(f.fonts.has_emoji(emoji.text));
}

bool can_be_drawn(const EmojiPickerState& state, const Emoji& emoji) {
  return state.drawable[static_cast<std::size_t>(&emoji - emoji_list().data())];
}

PickerSection recent_section(const EmojiProps& props) {
  PickerSection section{tr("Recent"), {}};
  for (const std::string& text : props.recent) section.cells.push_back({text, find_in_list(text)});
  for (const std::string_view text : kFrequent) {
    const bool there = std::ranges::find(props.recent, text) != props.recent.end();
    if (!there && section.cells.size() < 2 * kColumns) section.cells.push_back({text, find_in_list(text)});
  }
  return section;
}

std::vector<PickerSection> sections_of(const EmojiPickerState& state, const EmojiProps& props) {
  std::vector<PickerSection> sections;
  const auto add = [&](PickerSection& section, const Emoji& emoji) {
    if (can_be_drawn(state, emoji)) section.cells.push_back({in_tone(emoji, props.tone), &emoji});
  };
  if (!state.query.empty()) {
    PickerSection& found = sections.emplace_back();
    for (const Emoji* emoji : find_emoji(state.query)) add(found, *emoji);
    return sections;
  }
  sections.push_back(recent_section(props));
  for (const std::string_view title : emoji_groups()) sections.push_back({title, {}});
  for (const Emoji& emoji : emoji_list()) add(sections[1U + emoji.group], emoji);
  return sections;
}

// One emoji of the grid; true when it was chosen.
bool draw_cell(FrameContext& f, std::int64_t place_number, const PickerCell& entry, const Rect& cell) {
  const std::string_view name = entry.emoji ? entry.emoji->name : entry.text;
  const Interaction it =
      interact(f, Id{ids::kPickerEmoji, place_number}, cell, ItemKind::button, name, {.state = entry.text});
  if (!it.visible) return false;
  if (it.hovered || it.focused) fill(cell, f.theme.surface3, f.px(6));
  text_in(f, FontRole::heading, cell, f.theme.text0, f.screen(entry.text), true);
  if (it.focused) focus_ring(f, cell, f.px(6));
  if (it.hovered && entry.emoji)
    tooltip(f, it, f.screen(std::string{name} + "  :" + short_name_of(*entry.emoji) + ":"));
  return it.pressed;
}

// A line of the grid or a heading takes its room; whether any of it is in sight or next to that, where the
// arrows of the keyboard lead.
bool is_near(const Rect& line) {
  const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
  return line.y1 > top - line.height() && line.y0 < bottom + line.height();
}

void draw_group_heading(EmojiPickerState& state, FrameContext& f, std::size_t index, std::string_view title) {
  const float y = ImGui::GetCursorPosY();
  if (state.wanted == index) {
    ImGui::SetScrollY(y);
    state.wanted.reset();
  }
  if (y <= ImGui::GetScrollY() + f.px(kHeading)) state.group = index;
  const Rect line = place(0, f.px(kHeading));
  if (!is_near(line)) return;
  text_in(f, FontRole::small_bold, {line.x0 + f.px(6), line.y0, line.x1, line.y1}, f.theme.text1, title);
  note(f, ItemKind::header, line, title);
}

std::optional<std::string> draw_grid(EmojiPickerState& state, FrameContext& f,
                                     const std::vector<PickerSection>& sections, bool take_first) {
  std::optional<std::string> chosen;
  if (take_first && !sections.front().cells.empty()) chosen = sections.front().cells.front().text;
  const float cell = f.px(kCell);
  std::int64_t number = 0;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    const auto& cells = sections[s].cells;
    if (!sections[s].title.empty()) draw_group_heading(state, f, s, sections[s].title);
    for (std::size_t first = 0; first < cells.size(); first += kColumns) {
      const Rect line = place(0, cell);
      const std::size_t end = std::min(first + kColumns, cells.size());
      for (std::size_t i = first; i < end && is_near(line); ++i) {
        const float x = line.x0 + cell * static_cast<float>(i - first);
        const auto at = number + static_cast<std::int64_t>(i - first);
        if (draw_cell(f, at, cells[i], {x, line.y0, x + cell, line.y1})) chosen = cells[i].text;
      }
      number += static_cast<std::int64_t>(end - first);
    }
  }
  if (number == 0) {
    const Rect line = place(0, cell);
    text_in(f, FontRole::small, line, f.theme.text1, tr("No emoji by that name."), true);
    note(f, ItemKind::text, line, tr("No emoji by that name."));
  }
  return chosen;
}

struct PickerChoice {
  std::string_view sign;
  std::string_view label;
  bool selected = false;
};

// A line of signs of which one holds; the one that was pressed.
std::optional<std::size_t> draw_bar(FrameContext& f, std::string_view id,
                                    std::span<const PickerChoice> choices) {
  const Rect line = place(0, f.px(kBar));
  const float cell = std::min(line.width() / static_cast<float>(choices.size()), f.px(kCell));
  std::optional<std::size_t> pressed;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const float x = line.x0 + cell * static_cast<float>(i);
    const Rect square{x, line.y0 + f.px(2), x + cell, line.y1 - f.px(2)};
    const Interaction it = interact(f, Id{id, static_cast<std::int64_t>(i)}, square, ItemKind::choice,
                                    choices[i].label, {.selected = choices[i].selected});
    if (choices[i].selected) fill(square, f.theme.accent_soft, f.px(6));
    if (it.hovered || it.focused) fill(square, f.theme.surface3, f.px(6));
    text_in(f, FontRole::text, square, f.theme.text0, f.screen(choices[i].sign), true);
    if (it.focused) focus_ring(f, square, f.px(6));
    tooltip(f, it, choices[i].label);
    if (it.pressed) pressed = i;
  }
  return pressed;
}

void draw_groups(EmojiPickerState& state, FrameContext& f) {
  std::vector<PickerChoice> choices;
  for (std::size_t i = 0; i < kGroupSigns.size(); ++i)
    choices.push_back({kGroupSigns[i], i == 0 ? tr("Recent") : emoji_groups()[i - 1],
                       state.query.empty() && state.group == i});
  if (const auto pressed = draw_bar(f, ids::kPickerGroup, choices)) {
    state.query.clear();
    state.wanted = pressed;
    state.take_focus = true;
  }
}

void draw_tones(EmojiPickerState& state, const EmojiProps& props, FrameContext& f, Actions& actions) {
  std::vector<PickerChoice> choices;
  for (std::size_t i = 0; i < kToneSigns.size(); ++i)
    choices.push_back({kToneSigns[i], tr(kToneNames[i]), props.tone == static_cast<SkinTone>(i)});
  if (const auto pressed = draw_bar(f, ids::kPickerTone, choices)) {
    actions.push_back(SetSkinTone{static_cast<SkinTone>(*pressed)});
    state.take_focus = true;
  }
}

}  // namespace

std::span<const std::string_view> frequent_emoji() {
  return kFrequent;
}

void open_emoji_picker(EmojiPickerState& state) {
  state.query.clear();
  state.group = 0;
  state.wanted = 0;
  open_popup(std::string{ids::kPicker});
}

std::optional<std::string> draw_emoji_picker(EmojiPickerState& state, const EmojiProps& props,
                                             FrameContext& f, Actions& actions, const Rect& anchor) {
  state.open = begin_popup(f, std::string{ids::kPicker}, anchor, f.px(kPickerWidth));
  if (!state.open) return std::nullopt;
  look_up_drawable(state, f);
  const FieldResult typed = text_field(f, ids::kPickerQuery, state.query,
                                       {.placeholder = tr("Search emoji"),
                                        .search = true,
                                        .take_focus = ImGui::IsWindowAppearing() || state.take_focus});
  state.take_focus = false;
  draw_groups(state, f);
  const Rect area = place(0, std::clamp(f.height * 0.6F - f.px(kAroundGrid), f.px(kCell), f.px(kGridHeight)));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  begin_pane(f, "picker.list", area, {.scrolls = true});
  if (typed.changed) ImGui::SetScrollY(0);
  auto chosen = draw_grid(state, f, sections_of(state, props), typed.submitted && !state.query.empty());
  end_pane();
  ImGui::SetCursorScreenPos(after);
  draw_tones(state, props, f, actions);
  if (chosen) actions.push_back(UseEmoji{*chosen});
  if (f.pressed(Key::escape) || chosen) {
    ImGui::CloseCurrentPopup();
    state.open = false;
  }
  end_popup();
  return chosen;
}

}  // namespace wardroom::client::views
