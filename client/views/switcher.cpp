#include "client/views/switcher.hpp"

#include <algorithm>
#include <imgui.h>
#include <vector>

#include "client/views/ids.hpp"
#include "client/views/matching.hpp"
#include "client/views/presence_mark.hpp"
#include "common/language/tr.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;
using Entry = SwitcherProps::Entry;

constexpr std::size_t kMostEntries = 9;

std::vector<const Entry*> filtered(const SwitcherProps& props, std::string_view query) {
  std::vector<const Entry*> found;
  if (query.starts_with('#') || query.starts_with('@')) query.remove_prefix(1);
  const Typed typed(query);
  // Names that begin with what was typed come before names that contain it.
  for (const bool begins : {true, false}) {
    for (const Entry& entry : props.entries) {
      if (found.size() == kMostEntries) return found;
      const bool prefix = typed.begins(entry.name);
      if (prefix != begins) continue;
      if (prefix || typed.is_in(entry.name) || typed.is_in(entry.detail)) found.push_back(&entry);
    }
  }
  return found;
}

void draw_entry(const Entry& entry, FrameContext& f, const Row& row) {
  const float middle = (row.rect.y0 + row.rect.y1) / 2;
  float x = row.rect.x0 + f.px(12);
  const Colour behind = row.it.hovered ? f.theme.surface2 : f.theme.surface1;
  if (entry.mark == RoomMark::public_room)
    text_in(f, FontRole::text, {x, row.rect.y0, row.rect.x1, row.rect.y1}, f.theme.text1, "#");
  if (entry.mark == RoomMark::private_room)
    draw_icon(f, Icon::lock, x + f.px(5), middle, f.px(14), f.theme.text1);
  if (entry.mark == RoomMark::direct)
    presence_dot(f, x + f.px(5), middle, f.px(9), dot_of(entry.presence), behind);
  x += f.px(20);
  float right = row.rect.x1 - f.px(10);
  if (entry.mentions > 0)
    right = badge(f, right, middle, "@ " + std::to_string(entry.mentions), BadgeTone::alarm) - f.px(8);
  else if (entry.unread > 0)
    right = badge(f, right, middle, std::to_string(entry.unread), BadgeTone::quiet) - f.px(8);
  const FontRole role = entry.unread > 0 ? FontRole::bold : FontRole::text;
  const std::string name = f.screen(entry.name);
  if (text_width(f, role, name) > right - x) tooltip(f, row.it, name);
  x += text_line(f, role, x, middle - f.px(10), f.theme.text0, name, right - x) + f.px(10);
  if (x < right - f.px(30))
    text_line(f, FontRole::small, x, middle - f.px(8), f.theme.text1, f.screen(entry.detail), right - x);
}

void go(const Entry& entry, Actions& actions) {
  actions.push_back(ShowDialog{Dialog::none});
  if (entry.person.is_set())
    actions.push_back(OpenDirect{{entry.person}});
  else
    actions.push_back(OpenRoom{entry.room});
}

}  // namespace

void draw_switcher(const SwitcherProps& props, SwitcherViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kSwitcher, tr("Jump to"), {.width = 520, .top = 96, .plain = true}, close))
    return;
  if (ImGui::IsWindowAppearing()) state = {};
  const FieldResult typed = text_field(f, ids::kSwitcherQuery, state.query,
                                       {.placeholder = tr("Jump to a room or a person"),
                                        .search = true,
                                        .take_focus = ImGui::IsWindowAppearing()});
  if (typed.changed) state.chosen = 0;
  vertical_gap(f, 6);
  const std::vector<const Entry*> found = filtered(props, state.query);
  const std::size_t count = found.size();
  if (count > 0) {
    state.chosen = std::min(state.chosen, count - 1);
    if (f.pressed(Key::down)) state.chosen = (state.chosen + 1) % count;
    if (f.pressed(Key::up)) state.chosen = (state.chosen + count - 1) % count;
    if (typed.submitted) go(*found[state.chosen], actions);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Row row = list_row(f, Id{ids::kSwitcherEntry, static_cast<std::int64_t>(i)}, found[i]->name,
                             {.selected = i == state.chosen, .height = 34});
    if (row.it.visible) draw_entry(*found[i], f, row);
    if (row.it.pressed) go(*found[i], actions);
  }
  if (count == 0) {
    const Rect rect = place(0, f.px(40));
    text_in(f, FontRole::text, rect, f.theme.text1, tr("No matches."), true);
    note(f, ItemKind::text, rect, tr("No matches."));
  }
  end_dialog();
  if (close) actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
