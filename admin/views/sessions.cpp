#include "admin/views/sessions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kSessionsHead = 116;
constexpr float kSessionBar = 80;
constexpr float kLeastWords = 160;
constexpr std::array<Column, 7> kSessionsColumns{{{"Person", -4},
                                                  {"Device", -4},
                                                  {"Program", -4},
                                                  {"From", 140, FontRole::mono},
                                                  {"Signed in", 112},
                                                  {"Last used", 132},
                                                  {"State", 108}}};

void draw_head(const SessionsProps& props, SessionsViewState& state, FrameContext& f, Actions& actions,
               const Rect& area) {
  begin_pane(f, "sessions.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kSessionsHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float refresh = area.x1 - f.px(20) - button_width(f, "Refresh");
  draw_page_title(f, "Sessions", props.summary, refresh);
  ImGui::SetCursorScreenPos({refresh, at.y});
  if (button(f, ids::kSessionsRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshSessions{});
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(48)});
  const float width = std::min(f.px(300), std::floor(area.width() * 0.4F));
  const FieldResult field =
      text_field(f, ids::kSessionsPerson, state.name,
                 {.placeholder = "Sign-in name, then Enter", .search = true, .width = width});
  if (field.submitted || (field.changed && state.name.empty())) actions.push_back(FindSessionsOf{state.name});
  const float x = at.x + width + f.px(14);
  const float y = at.y + f.px(55);
  if (!props.filter_error.empty()) {
    text_line(f, FontRole::text, x, y, f.theme.bad, f.screen(props.filter_error), area.x1 - f.px(20) - x);
    note(f, ItemKind::text, {x, y, area.x1, y + f.px(20)}, props.filter_error);
  } else if (!props.person.empty()) {
    const std::string words = "Only " + props.person;
    const float all = text_width(f, FontRole::text, "Show everybody") + f.px(12);
    const float length =
        text_line(f, FontRole::text, x, y, f.theme.text1, f.screen(words), area.x1 - f.px(20) - all - x);
    note(f, ItemKind::text, {x, y, x + length, y + f.px(20)}, words);
    ImGui::SetCursorScreenPos({x + length + f.px(12), y});
    if (link(f, ids::kSessionsEverybody, "Show everybody")) {
      state.name.clear();
      actions.push_back(ShowSessionsOf{});
    }
  }
  end_pane();
}

void paint_session(const SessionRow& session, FrameContext& f, RowPainter& row, bool selected) {
  const Rect name = row.space();
  avatar(f, name.x0 + f.px(11), (name.y0 + name.y1) / 2, f.px(22), session.person_name);
  text_line(f, FontRole::text, name.x0 + f.px(30),
            std::round((name.y0 + name.y1 - line_height(f, FontRole::text)) / 2), f.theme.text0,
            f.screen(session.person_name), name.width() - f.px(30));
  const Colour ink = selected ? f.theme.text0 : f.theme.text1;
  for (const std::string* text :
       {&session.device, &session.client, &session.from, &session.since, &session.last_used})
    row.cell(f.screen(*text), ink);
  if (session.connected)
    row.cell(session.current ? "this console" : "connected", selected ? ink : f.theme.ok);
  else
    row.cell("away", ink);
}

void draw_table(const SessionsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.rows.empty()) {
    return draw_emptiness(
        f, area,
        {props.loading, props.error, "Nobody is signed in", "A session that ends leaves this list."});
  }
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const SessionRow& r) { return r.id == props.selected; });
  TableOptions options = list_options(props.sort, 34);
  options.list = props.list;
  if (chosen != props.rows.end()) options.selected = static_cast<std::size_t>(chosen - props.rows.begin());
  const TableResult result = table(
      f, ids::kSessionsTable, area, kSessionsColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].person_name + " " + props.rows[i].device; },
      [&](std::size_t i, RowPainter& row) { paint_session(props.rows[i], f, row, options.selected == i); });
  if (result.pressed) actions.push_back(SelectSession{props.rows[*result.pressed].id});
  if (result.sorted_by) actions.push_back(SortList{ListName::sessions, *result.sorted_by});
  if (result.near_end && props.more && !props.loading) actions.push_back(LoadMoreSessions{});
}

// What can be done with a session, in the order of the buttons.
std::vector<std::string> bar_labels(const SessionsProps& props, FrameContext& f) {
  std::vector<std::string> labels{f.screen("Sign out\xE2\x80\xA6"),
                                  f.screen("Sign out everywhere\xE2\x80\xA6")};
  if (props.person.empty()) labels.insert(labels.begin(), "Only this person");
  return labels;
}

float labels_width(const std::vector<std::string>& labels, FrameContext& f) {
  float width = 0;
  for (const std::string& label : labels) width += button_width(f, label) + f.px(8);
  return width - f.px(8);
}

// The buttons stand below the words where there is no room beside them.
bool is_beside(const SessionsProps& props, FrameContext& f, float width) {
  return width - labels_width(bar_labels(props, f), f) - f.px(48) >= f.px(kLeastWords);
}

float bar_height(const SessionsProps& props, FrameContext& f, float width) {
  if (is_beside(props, f, width)) return f.px(kSessionBar);
  const std::size_t lines = flow_lines(f, bar_labels(props, f), width - f.px(32));
  return f.px(72) + (button_height(f) + f.px(8)) * static_cast<float>(lines);
}

void draw_bar_buttons(const SessionsProps& props, const SessionRow& session, FrameContext& f,
                      Actions& actions) {
  const std::string one = f.screen("Sign out\xE2\x80\xA6");
  const std::string all = f.screen("Sign out everywhere\xE2\x80\xA6");
  if (props.person.empty()) {
    if (button(f, ids::kSessionOnly, "Only this person")) actions.push_back(ShowSessionsOf{session.person});
    flow_on(f, one);
  }
  if (button(f, ids::kSessionEnd, one, {.disabled = session.current}))
    actions.push_back(AskReason{EndSession{session.id}});
  flow_on(f, all);
  if (button(f, ids::kSessionEndAll, all, {.tone = ButtonTone::danger, .disabled = session.current}))
    actions.push_back(AskReason{EndAllSessions{session.person}});
}

void draw_bar(const SessionsProps& props, const SessionRow& session, FrameContext& f, Actions& actions,
              const Rect& box) {
  card(f, box);
  begin_pane(f, "session", box, {.padding_x = 16});
  const bool beside = is_beside(props, f, box.width());
  const float buttons = labels_width(bar_labels(props, f), f);
  const float middle = beside ? (box.y0 + box.y1) / 2 : box.y0 + f.px(36);
  const float words = box.width() - f.px(32) - (beside ? buttons + f.px(16) : 0);
  text_line(f, FontRole::bold, box.x0 + f.px(16), middle - f.px(20), f.theme.text0,
            f.screen(session.person_name + " \xC2\xB7 " + session.device), words);
  const std::string line = session.from + " \xC2\xB7 ends by itself on " + session.expires;
  text_line(f, FontRole::small, box.x0 + f.px(16), middle + f.px(3), f.theme.text1, f.screen(line), words);
  note(f, ItemKind::card, box, session.person_name + " \xC2\xB7 " + session.device, "session", line);
  if (beside)
    ImGui::SetCursorScreenPos({box.x1 - f.px(16) - buttons, middle - button_height(f) / 2});
  else
    ImGui::SetCursorScreenPos({box.x0 + f.px(16), box.y0 + f.px(66)});
  draw_bar_buttons(props, session, f, actions);
  end_pane();
}

}  // namespace

void draw_sessions(const SessionsProps& props, SessionsViewState& state, FrameContext& f, Actions& actions,
                   const Rect& area) {
  draw_head(props, state, f, actions, area);
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const SessionRow& r) { return r.id == props.selected; });
  const bool details = chosen != props.rows.end();
  const float height = bar_height(props, f, area.width() - f.px(40));
  const float bottom = details ? area.y1 - height - f.px(26) : area.y1;
  draw_table(props, f, actions,
             {area.x0 + f.px(20), area.y0 + f.px(kSessionsHead), area.x1 - f.px(10), bottom});
  if (details)
    draw_bar(props, *chosen, f, actions,
             {area.x0 + f.px(20), area.y1 - height - f.px(16), area.x1 - f.px(20), area.y1 - f.px(16)});
}

}  // namespace wardroom::admin::views
