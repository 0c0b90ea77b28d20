#include "admin/views/announce.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kAnnounceHead = 60;
constexpr float kAnnounceForm = 420;
constexpr float kStanding = 132;
constexpr std::array<Column, 3> kAcknowledgements{
    {{"Person", -4}, {"Sign-in name", -4}, {"Acknowledged", 160}}};

void draw_head(const AnnounceProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "announce.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kAnnounceHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = area.x1 - f.px(20) - button_width(f, "Refresh");
  draw_page_title(f, "Announce", "to everybody in the office", right);
  ImGui::SetCursorScreenPos({right, at.y});
  if (button(f, ids::kAnnounceRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshAnnouncement{});
  end_pane();
}

void draw_form(const AnnounceProps& props, AnnounceViewState& state, FrameContext& f, Actions& actions,
               const Rect& area) {
  AnnounceForm& form = state.form;
  begin_pane(f, "announce.form", area, {.scrolls = true, .padding_x = 20, .padding_y = 8});
  paragraph(f, "A new announcement", FontRole::title, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(
      f,
      "It stands over every room until it ends, also for whoever signs in later, and takes the place of "
      "the one before. It is kept in the audit log.",
      FontRole::text, f.theme.text1);
  vertical_gap(f, 14);
  text_field(f, ids::kAnnounceText, form.text,
             {.label = "Announcement text",
              .placeholder = "For example: The office is closed on Friday",
              .error = props.form_error,
              .disabled = props.busy});
  vertical_gap(f, 12);
  dropdown(f, ids::kAnnounceLasts, "For how long", props.last_choices, form.lasts, f.px(200));
  vertical_gap(f, 12);
  checkbox(f, ids::kAnnounceMust, "Must be confirmed", form.must_acknowledge,
           "It stays until people confirm it, and you see who has.");
  vertical_gap(f, 16);
  const bool empty = form.text.find_first_not_of(" \t") == std::string::npos;
  if (button(f, ids::kAnnounce, "Announce it",
             {.tone = ButtonTone::primary, .disabled = empty || props.busy}))
    actions.push_back(Announce{form});
  end_pane();
}

void draw_standing(const AnnounceProps& props, FrameContext& f, Actions& actions, const Rect& box) {
  card(f, box);
  begin_pane(f, "announce.standing", box, {.scrolls = true, .padding_x = 16, .padding_y = 12});
  paragraph(f, props.stands ? "Everybody sees now" : "Announced last", FontRole::small_bold, f.theme.text1);
  vertical_gap(f, 4);
  paragraph(f, props.standing, FontRole::text, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(f, props.made, FontRole::small, f.theme.text1);
  if (props.stands) {
    vertical_gap(f, 6);
    if (link(f, ids::kAnnounceEnd, "End the announcement") && !props.busy)
      actions.push_back(EndAnnouncement{});
  }
  end_pane();
}

void draw_acknowledgements(const AnnounceProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const float words = text_block(f, FontRole::text, 0, 0, area.width(), 0, f.screen(props.summary));
  const float top = area.y0 + words + f.px(56);
  begin_pane(f, "announce.who", {area.x0, area.y0, area.x1, top}, {.padding_y = 12});
  paragraph(f, props.summary, FontRole::text, f.theme.text1);
  vertical_gap(f, 6);
  constexpr std::array<std::string_view, 2> kWho{"Not yet", "Have"};
  std::size_t who = props.missing ? 0 : 1;
  if (segmented(f, ids::kAnnounceWho, kWho, who)) actions.push_back(ShowAcknowledged{who == 0});
  end_pane();
  const Rect list{area.x0, top, area.x1, area.y1};
  if (props.rows.empty())
    return draw_emptiness(
        f, list,
        {props.loading, props.error, props.missing ? "Everybody has" : "Nobody has yet",
         props.missing ? "There is nobody left to remind." : "They see it as they sign in."});
  TableOptions options = list_options(props.sort, 34);
  options.list = props.list;
  const TableResult result = table(
      f, ids::kAnnounceTable, list, kAcknowledgements, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].person_name; },
      [&](std::size_t i, RowPainter& row) {
        const AcknowledgementRow& r = props.rows[i];
        row.cell(f.screen(r.person_name), f.theme.text0);
        row.cell(f.screen(r.name));
        row.cell(r.at.empty() ? std::string_view{"not yet"} : std::string_view{r.at});
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::acknowledgements, *result.sorted_by});
  if (result.near_end && props.more && !props.loading) actions.push_back(LoadMoreAcknowledged{});
}

}  // namespace

void draw_announce(const AnnounceProps& props, AnnounceViewState& state, FrameContext& f, Actions& actions,
                   const Rect& area) {
  if (state.sent != props.sent) state = {{}, props.sent};
  draw_head(props, f, actions, area);
  const float top = area.y0 + f.px(kAnnounceHead);
  const float middle = area.x0 + std::min(f.px(kAnnounceForm), std::floor(area.width() * 0.51F));
  draw_form(props, state, f, actions, {area.x0, top, middle, area.y1});
  vertical_hairline(f, middle, top + f.px(8), area.y1 - f.px(20), f.theme.line);
  const Rect right{middle + f.px(20), top + f.px(8), area.x1 - f.px(20), area.y1};
  if (props.standing.empty())
    return draw_emptiness(f, right,
                          {props.loading, props.error, "Nothing is announced",
                           "Your announcement appears here, with who has acknowledged it."});
  draw_standing(props, f, actions, {right.x0, right.y0, right.x1, right.y0 + f.px(kStanding)});
  if (props.counted)
    draw_acknowledgements(props, f, actions, {right.x0, right.y0 + f.px(kStanding), right.x1, right.y1});
}

}  // namespace wardroom::admin::views
