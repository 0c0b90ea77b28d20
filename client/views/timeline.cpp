#include "client/views/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <tuple>
#include <utility>

#include "client/views/ids.hpp"
#include "client/views/timeline_marks.hpp"
#include "client/views/timeline_selecting.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/popup.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kTimelineSide = 20;
constexpr float kWheelStep = 72;
// Older rows are asked for when fewer than this many screens are left above.
constexpr float kScreensAhead = 1.5F;
// Far more rows than a screen holds, far fewer than a room has.
constexpr std::size_t kMostLayouts = 2000;
constexpr std::size_t kMostLayoutBytes = std::size_t{32} << 20;

struct View {
  const TimelineProps& props;
  TimelineViewState& state;
  FrameContext& f;
  Rect area;

  float row_width() const { return area.width() - 2 * f.px(kTimelineSide); }
  float height() const { return area.height(); }
  float content() const { return state.tops.back(); }
  float most_scroll() const { return std::max(0.0F, content() - height()); }
  std::size_t row_at(float y) const {
    const auto it = std::upper_bound(state.tops.begin(), state.tops.end() - 1, y);
    return it == state.tops.begin() ? 0 : static_cast<std::size_t>(it - state.tops.begin()) - 1;
  }
};

const RowLayout* known_layout(const View& v, const TimelineRow& row) {
  const auto it = v.state.layouts.find(row.key);
  const bool fits =
      it != v.state.layouts.end() && it->second.version == row.version && it->second.width == v.row_width();
  return fits ? &it->second : nullptr;
}

void measure_all(View& v) {
  const auto& rows = v.props.rows;
  v.state.tops.resize(rows.size() + 1);
  float y = v.f.px(8);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    v.state.tops[i] = y;
    const RowLayout* layout = known_layout(v, rows[i]);
    y += layout ? layout->height : guess_row_height(v.f, rows[i], v.row_width());
  }
  v.state.tops[rows.size()] = y + v.f.px(8);
}

std::size_t index_of_key(const View& v, std::uint64_t key) {
  const auto& rows = v.props.rows;
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const TimelineRow& r) { return r.key == key; });
  return static_cast<std::size_t>(it - rows.begin());
}

std::size_t index_of_unread(const View& v) {
  const auto& rows = v.props.rows;
  const auto it = std::find_if(rows.begin(), rows.end(),
                               [](const TimelineRow& r) { return r.kind == TimelineRow::Kind::unread_line; });
  return static_cast<std::size_t>(it - rows.begin());
}

void set_anchor(View& v) {
  if (v.props.rows.empty()) return;
  const std::size_t row = v.row_at(v.state.scroll);
  v.state.anchor_key = v.props.rows[row].key;
  v.state.anchor_offset = v.state.scroll - v.state.tops[row];
}

bool is_at_newest(const View& v) {
  return !v.props.has_newer && v.state.scroll >= v.most_scroll() - 2;
}

// What comes in while the person is away doesn't push the first of it out of sight.
void wait_at_unread(View& v) {
  if (v.f.window_focused || v.props.unread == 0) return;
  const std::size_t line = index_of_unread(v);
  if (line == v.props.rows.size() || v.state.tops[line] >= v.state.scroll) return;
  v.state.scroll = v.state.tops[line];
  v.state.at_newest = false;
  set_anchor(v);
}

void follow_anchor(View& v) {
  if (v.state.at_newest) {
    v.state.scroll = v.most_scroll();
    wait_at_unread(v);
    return;
  }
  const auto& rows = v.props.rows;
  const auto it = std::find_if(rows.begin(), rows.end(),
                               [&](const TimelineRow& r) { return r.key == v.state.anchor_key; });
  if (it != rows.end()) {
    v.state.scroll = v.state.tops[static_cast<std::size_t>(it - rows.begin())] + v.state.anchor_offset;
  }
  v.state.scroll = std::clamp(v.state.scroll, 0.0F, v.most_scroll());
}

void scroll_to(View& v, float y) {
  v.state.scroll = std::clamp(y, 0.0F, v.most_scroll());
  v.state.at_newest = is_at_newest(v);
  set_anchor(v);
}

// Once for each opening, as soon as it is known where the person stopped reading. True: in this frame.
bool place_at_unread(View& v) {
  // A message that is jumped to comes first.
  const bool jumps = v.props.jump_serial != v.state.seen_jump;
  if (v.state.placed || (v.props.finding_unread && !jumps)) return false;
  v.state.placed = true;
  if (jumps) return false;
  const std::size_t line = index_of_unread(v);
  if (line == v.props.rows.size()) return false;
  v.state.at_newest = false;
  v.state.anchor_key = v.props.rows[line].key;
  v.state.anchor_offset = -0.25F * v.height();
  follow_anchor(v);
  return true;
}

void go_to_newest(View& v, Actions& actions) {
  if (v.props.has_newer) actions.push_back(JumpToNewest{v.props.room});
  v.state.at_newest = true;
  follow_anchor(v);
}

// Lays out the rows in sight. A guess that was wrong moves the others, so it looks again.
void measure_visible(View& v) {
  for (int round = 0; round < 4; ++round) {
    bool changed = false;
    const auto& rows = v.props.rows;
    for (std::size_t i = v.row_at(v.state.scroll);
         i < rows.size() && v.state.tops[i] < v.state.scroll + v.height(); ++i) {
      if (known_layout(v, rows[i])) continue;
      RowLayout layout = lay_out_row(v.f, rows[i], v.props.self_name, v.row_width());
      v.state.layout_bytes += layout.body.bytes();
      v.state.layouts[rows[i].key] = std::move(layout);
      changed = true;
    }
    if (!changed) return;
    measure_all(v);
    follow_anchor(v);
  }
}

// Where a text is being written they move its cursor.
void take_ends(View& v, Actions& actions) {
  const bool popup = any_popup_open();
  if (popup || !v.state.takes_keys || (ImGui::GetIO().WantTextInput && !v.state.keys_free)) return;
  if (v.f.pressed(Key::home) || v.f.pressed(Key::home, {.ctrl = true})) scroll_to(v, 0);
  if (v.f.pressed(Key::end) || v.f.pressed(Key::end, {.ctrl = true})) go_to_newest(v, actions);
}

void take_wheel_and_keys(View& v) {
  const bool hovered = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
  const float wheel = ImGui::GetIO().MouseWheel;
  if (hovered && wheel != 0) scroll_to(v, v.state.scroll - wheel * v.f.px(kWheelStep));
  if (!v.state.takes_keys) return;
  if (ImGui::GetIO().WantTextInput || !any_popup_open()) {
    if (v.f.pressed(Key::page_up)) scroll_to(v, v.state.scroll - v.height() * 0.85F);
    if (v.f.pressed(Key::page_down)) scroll_to(v, v.state.scroll + v.height() * 0.85F);
  }
}

void draw_scroll_bar(View& v) {
  if (v.most_scroll() <= 0) return;
  const Rect track{v.area.x1 - v.f.px(12), v.area.y0 + v.f.px(2), v.area.x1 - v.f.px(2),
                   v.area.y1 - v.f.px(2)};
  const Interaction it = interact(v.f, "timeline.scroll", track, ItemKind::progress, tr("Scroll bar"),
                                  {.takes_keyboard = false});
  const float grip = std::max(v.f.px(28), track.height() * v.height() / v.content());
  const float free = track.height() - grip;
  float top = track.y0 + free * v.state.scroll / v.most_scroll();
  if (it.held) {
    const float mouse = ImGui::GetIO().MousePos.y;
    if (v.state.dragging_from < 0) {
      v.state.dragging_from = mouse >= top && mouse <= top + grip ? mouse - top : grip / 2;
    }
    scroll_to(v, (mouse - v.state.dragging_from - track.y0) / std::max(1.0F, free) * v.most_scroll());
    top = track.y0 + free * v.state.scroll / v.most_scroll();
  } else {
    v.state.dragging_from = -1;
  }
  const Colour colour =
      it.hovered || it.held ? mix(v.f.theme.surface3, v.f.theme.text2, 0.4F) : v.f.theme.surface3;
  fill({track.x0 + v.f.px(3), top, track.x1 - v.f.px(1), top + grip}, colour, v.f.px(3));
}

// A little below the upper edge, so that what stands before it can be seen, too.
void bring_into_sight(View& v, std::size_t row) {
  const float top = v.state.tops[row], bottom = v.state.tops[row + 1];
  if (top >= v.state.scroll && bottom <= v.state.scroll + v.height()) return;
  scroll_to(v, top - v.height() * 0.3F);
}

// As soon as the message is loaded; its row stands out for a moment.
void take_jump(View& v) {
  const TimelineProps& props = v.props;
  if (props.jump_serial == v.state.seen_jump) return;
  for (std::size_t i = 0; i < props.rows.size(); ++i) {
    if (props.rows[i].seq != props.jump_to || props.rows[i].kind != TimelineRow::Kind::message) continue;
    v.state.seen_jump = props.jump_serial;
    bring_into_sight(v, i);
    v.state.flash_key = props.rows[i].key;
    v.state.flash_until = v.f.now + std::chrono::seconds{2};
  }
}

// Ctrl+Up and Ctrl+Down walk through the messages, Ctrl+M opens the menu of the one that was reached, Ctrl+T
// its thread, Escape leaves them.
void take_choosing_keys(View& v, Actions& actions) {
  if (any_popup_open()) return;
  if (!v.state.takes_keys) return;
  const auto& rows = v.props.rows;
  if (const std::size_t chosen = index_of_key(v, v.state.chosen_key);
      chosen < rows.size() && v.props.rights.thread && v.f.pressed(Key::t, {.ctrl = true}))
    actions.push_back(OpenThread{{v.props.room, rows[chosen].seq}});
  const bool up = v.f.pressed(Key::up, {.ctrl = true});
  const bool down = v.f.pressed(Key::down, {.ctrl = true});
  if (v.f.pressed(Key::escape)) v.state.chosen_key = 0;
  if (!up && !down) return;
  std::size_t at = index_of_key(v, v.state.chosen_key);
  if (at == rows.size() && down) return;
  for (;;) {
    if (up && at == 0) return;
    at = up ? at - 1 : at + 1;
    if (at >= rows.size()) {
      v.state.chosen_key = 0;
      return;
    }
    if (has_menu(rows[at])) break;
  }
  v.state.chosen_key = rows[at].key;
  bring_into_sight(v, at);
}

void take_wish(View& v, const TimelineRow& row, RowWish wish, const Rect& rect) {
  // Beside the mouse, or at the row's end when a key asked.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool by_mouse = wish != RowWish::none && mouse.y >= rect.y0 - v.f.px(16) && mouse.y <= rect.y1;
  Rect anchor{rect.x1 - v.f.px(120), rect.y0, rect.x1, std::min(rect.y1, v.area.y1)};
  if (by_mouse) anchor = {mouse.x, mouse.y - v.f.px(4), mouse.x, mouse.y + v.f.px(4)};
  const bool by_key =
      v.state.takes_keys && row.key == v.state.chosen_key && v.f.pressed(Key::m, {.ctrl = true});
  if (by_key || wish == RowWish::menu) open_message_menu(v.state.menu, row, anchor);
  if (wish == RowWish::picker) open_message_picker(v.state.menu, row, anchor);
}

bool contains(const Rect& rect, const ImVec2& at) {
  return at.x >= rect.x0 && at.x < rect.x1 && at.y >= rect.y0 && at.y < rect.y1;
}

// The mouse is over the row. While a button is held, the row that it belongs to keeps it; and a row's buttons
// are its own where they cover the row above.
bool is_hovered(const View& v, std::uint64_t key, const Rect& rect) {
  if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) return false;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool by_mouse =
      ImGui::IsMouseDown(ImGuiMouseButton_Left) || ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  if (contains(v.state.tools, mouse) || (by_mouse && ImGui::IsAnyItemActive()))
    return key == v.state.tools_key;
  return contains(rect, mouse);
}

std::vector<DrawnRow> draw_rows(View& v, Actions& actions) {
  std::vector<DrawnRow> drawn;
  const TextSelection& selection = v.state.selection;
  const bool selects = selection.pressed && !selection.empty();
  const bool clicked = is_click(v.f, selection);
  const auto& rows = v.props.rows;
  // A short history stands at the bottom, above the composer.
  const float shift = std::max(0.0F, v.height() - v.content());
  const bool over_tools = contains(v.state.tools, ImGui::GetIO().MousePos);
  std::uint64_t tools_key = 0;
  Rect tools{};
  for (std::size_t i = v.row_at(v.state.scroll); i < rows.size(); ++i) {
    const float top = std::round(v.area.y0 + v.state.tops[i] - v.state.scroll + shift);
    if (top > v.area.y1) break;
    const RowLayout* layout = known_layout(v, rows[i]);
    if (!layout) continue;
    const Rect rect{v.area.x0 + v.f.px(kTimelineSide), top, v.area.x1 - v.f.px(kTimelineSide),
                    top + layout->height};
    const bool hovered = !selects && is_hovered(v, rows[i].key, rect);
    if (rows[i].key == v.state.flash_key && v.f.now < v.state.flash_until) {
      fill(rect, mix(v.f.theme.surface1, v.f.theme.accent_soft, 0.7F), v.f.px(6));
      v.f.request_frame_at(v.state.flash_until);
    }
    const bool chosen = rows[i].key == v.state.chosen_key;
    RowPlace at{v.props.room,  static_cast<std::int64_t>(i), rect, hovered, over_tools, chosen,
                v.props.rights};
    at.transfers = &v.props.transfers;
    at.pictures = &v.props.pictures;
    at.link_cards = &v.props.link_cards;
    at.clicked = clicked;
    std::tie(at.selected_begin, at.selected_end) = selected_part(selection, rows[i]);
    drawn.push_back({&rows[i], layout, rect});
    const RowWish wish = draw_row(v.f, rows[i], *layout, at, actions);
    if (wish != RowWish::none || chosen) take_wish(v, rows[i], wish, rect);
    if (!hovered || !has_menu(rows[i])) continue;
    tools_key = rows[i].key;
    tools = tools_of(v.f, rows[i], at);
  }
  v.state.tools_key = tools_key;
  v.state.tools = tools;
  return drawn;
}

// Which day it is at the upper edge, while the line that says it is above; empty: nothing is to be said.
std::string_view day_above(const View& v) {
  const auto& rows = v.props.rows;
  if (v.most_scroll() <= 0) return {};
  std::size_t at = v.row_at(v.state.scroll + v.f.px(8));
  // The next day's line takes its place.
  if (at + 1 < rows.size() && rows[at + 1].kind == TimelineRow::Kind::day &&
      v.state.tops[at + 1] < v.state.scroll + v.f.px(40))
    return {};
  while (at > 0 && rows[at].kind != TimelineRow::Kind::day) --at;
  if (rows[at].kind != TimelineRow::Kind::day || v.state.tops[at] >= v.state.scroll) return {};
  return rows[at].text;
}

// The newest message whose end was on the screen.
void emit_seen(View& v, Actions& actions) {
  const auto& rows = v.props.rows;
  const float bottom = v.state.scroll + v.height() + 1;
  std::size_t at = v.row_at(bottom);
  while (at > 0 && (v.state.tops[at + 1] > bottom || !rows[at].seq.is_set())) --at;
  if (v.state.tops[at + 1] > bottom || rows[at].seq <= v.state.seen) return;
  v.state.seen = rows[at].seq;
  actions.push_back(SeenUpTo{v.props.room, rows[at].seq});
}

void emit_wishes(View& v, Actions& actions) {
  const TimelineProps& props = v.props;
  const bool near_top = v.state.scroll < v.height() * kScreensAhead;
  // Asked once for each state of the rows: the answer changes the revision.
  if (props.has_older && !props.loading_older && near_top && v.state.asked_older_at != props.revision + 1) {
    v.state.asked_older_at = props.revision + 1;
    actions.push_back(LoadOlder{props.room});
  }
  const bool at_end = v.state.scroll >= v.most_scroll() - 2;
  if (props.has_newer && at_end && v.state.seen_revision != props.revision + 1) {
    v.state.seen_revision = props.revision + 1;
    actions.push_back(LoadNewer{props.room});
  }
  if (!v.state.placed || !v.f.window_focused || props.rows.empty()) return;
  if (props.has_newer || !at_end) return emit_seen(v, actions);
  if (v.state.seen_revision == props.revision + 1) return;
  v.state.seen_revision = props.revision + 1;
  actions.push_back(SeenNewest{props.room});
}

void take_over_room(const TimelineProps& props, TimelineViewState& state, float scale) {
  const bool many = state.layouts.size() > kMostLayouts || state.layout_bytes > kMostLayoutBytes;
  if (state.room != props.room || state.scale != scale || many) {
    state.layouts.clear();
    state.layout_bytes = 0;
  }
  state.scale = scale;
  if (state.room == props.room) return;
  const bool takes_keys = state.takes_keys;
  state = {};
  state.takes_keys = takes_keys;
  state.room = props.room;
  // A wish that stands was made when the room was opened.
  state.seen_jump = props.jump_serial - (props.jump_to.is_set() ? 1 : 0);
  state.scale = scale;
}

}  // namespace

void draw_timeline(const TimelineProps& props, TimelineViewState& state, FrameContext& f, Actions& actions,
                   const Rect& area) {
  take_over_room(props, state, f.scale);
  if (props.has_newer) state.at_newest = false;
  begin_pane(f, "timeline", area);
  if (!props.error.empty() || (props.rows.empty() && !props.loading_older && !props.has_older)) {
    const bool wrong = !props.error.empty();
    empty_state(f, area,
                !wrong            ? tr("Nothing here yet")
                : props.in_thread ? tr("This thread can't be shown")
                                  : tr("This room can't be shown"),
                wrong ? props.error : tr("Write the first message."));
    end_pane();
    return;
  }
  View v{props, state, f, area};
  measure_all(v);
  follow_anchor(v);
  const bool placed_now = place_at_unread(v);
  take_wheel_and_keys(v);
  take_ends(v, actions);
  take_choosing_keys(v, actions);
  take_jump(v);
  measure_visible(v);
  if (placed_now) state.at_newest = is_at_newest(v);
  if (!state.at_newest) set_anchor(v);
  follow_rows(state.selection, props);
  select_by_keys(props, state.selection, f, state.keys_free);
  const std::vector<DrawnRow> drawn = draw_rows(v, actions);
  if (props.loading_older && state.scroll < f.px(40)) {
    const Rect line{area.x0, area.y0, area.x1, area.y0 + f.px(28)};
    text_in(f, FontRole::small, line, f.theme.text2, f.screen(tr("Loading older messages\xE2\x80\xA6")),
            true);
    note(f, ItemKind::text, line, tr("Loading older messages\xE2\x80\xA6"));
  }
  if (const auto day = day_above(v); !day.empty() && draw_day_mark(f, area, day))
    actions.push_back(StartDateJump{});
  draw_scroll_bar(v);
  if ((!state.at_newest || props.has_newer) && draw_end_button(f, area, props.unread))
    go_to_newest(v, actions);
  if (const float by = select_by_mouse(props, state.selection, f, area, drawn); by != 0)
    scroll_to(v, state.scroll + by);
  draw_message_menu(props, state.menu, state.selection, f, actions);
  emit_wishes(v, actions);
  end_pane();
}

}  // namespace wardroom::client::views
