#include "admin/views/audit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kHead = 112;
constexpr float kDetails = 244;
constexpr std::array<Column, 7> kColumns{{{"No.", 92, FontRole::mono},
                                          {"Time (UTC)", 156},
                                          {"What", 170},
                                          {"Who", -4},
                                          {"On", -5},
                                          {"From", 116, FontRole::mono},
                                          {"Outcome", 90}}};

std::string_view outcome_name(OutcomeMark outcome) {
  switch (outcome) {
    case OutcomeMark::success:
      return "success";
    case OutcomeMark::failure:
      return "failure";
    case OutcomeMark::denied:
      return "denied";
    case OutcomeMark::error:
      return "error";
  }
  return "";
}

Colour outcome_colour(FrameContext& f, OutcomeMark outcome) {
  if (outcome == OutcomeMark::success) return f.theme.ok;
  return outcome == OutcomeMark::failure ? f.theme.warn : f.theme.bad;
}

void draw_filters(const AuditProps& props, AuditViewState& state, FrameContext& f, Actions& actions,
                  float right) {
  if (!state.filled || !ImGui::IsAnyItemActive()) state.typed = props.filter;
  state.filled = true;
  AuditFilter wanted = props.filter;
  bool changed = filter_chip(f, ids::kAuditWhen, "When", props.when_choices, wanted.when);
  ImGui::SameLine(0, f.px(8));
  changed = filter_chip(f, ids::kAuditWhat, "What", props.what_choices, wanted.what) || changed;
  ImGui::SameLine(0, f.px(8));
  changed = filter_chip(f, ids::kAuditOutcome, "Outcome", props.outcome_choices, wanted.outcome) || changed;
  ImGui::SameLine(0, f.px(8));
  const float left = std::max(f.px(200), right - ImGui::GetCursorScreenPos().x - f.px(8));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const FieldResult who = text_field(f, ids::kAuditWho, state.typed.who,
                                     {.placeholder = "Who: sign-in name", .width = std::round(left * 0.4F)});
  ImGui::SetCursorScreenPos({at.x + std::round(left * 0.4F) + f.px(8), at.y});
  const FieldResult words = text_field(
      f, ids::kAuditWords, state.typed.words,
      {.placeholder = "Words in reason, names, addresses", .search = true, .width = std::round(left * 0.6F)});
  const bool cleared =
      (words.changed && state.typed.words.empty()) || (who.changed && state.typed.who.empty());
  if (who.submitted || words.submitted || cleared) {
    wanted.who = state.typed.who;
    wanted.words = state.typed.words;
    changed = true;
  }
  if (changed) actions.push_back(FilterAudit{wanted});
}

void draw_head(const AuditProps& props, AuditViewState& state, FrameContext& f, Actions& actions,
               const Rect& area) {
  begin_pane(f, "audit.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = text_line(f, FontRole::heading, at.x, at.y + f.px(3), f.theme.text0, "Audit");
  text_line(f, FontRole::text, at.x + width + f.px(14), at.y + f.px(7), f.theme.text2,
            f.screen(props.summary));
  note(f, ItemKind::header, {at.x, at.y, at.x + width, at.y + f.px(26)}, "Audit");
  note(f, ItemKind::text, {at.x, at.y, area.x1, at.y + f.px(26)}, props.summary);
  ImGui::SetCursorScreenPos({area.x1 - f.px(20) - button_width(f, "Refresh"), at.y});
  if (button(f, ids::kAuditRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshAudit{});
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(46)});
  draw_filters(props, state, f, actions, area.x1 - f.px(20));
  end_pane();
}

void draw_table(const AuditProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.rows.empty()) {
    const bool wrong = !props.error.empty();
    empty_state(f, area,
                wrong           ? "The log can't be shown"
                : props.loading ? "Loading"
                                : "No record matches",
                wrong           ? props.error
                : props.loading ? "The server is asked for the records."
                                : "Change the filters. A longer time finds more.");
    return;
  }
  TableOptions options{.row_height = 29};
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(), [&](const AuditRow& r) {
    return props.has_selection && r.index == props.selected;
  });
  if (chosen != props.rows.end()) options.selected = static_cast<std::size_t>(chosen - props.rows.begin());
  const TableResult result = table(
      f, ids::kAuditTable, area, kColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].number + " " + props.rows[i].type; },
      [&](std::size_t i, RowPainter& row) {
        const AuditRow& r = props.rows[i];
        const bool selected = options.selected == i;
        const Colour ink = selected ? f.theme.text0 : f.theme.text1;
        for (const std::string* text : {&r.number, &r.time, &r.type, &r.who, &r.on, &r.from})
          row.cell(f.screen(*text), ink);
        row.cell(outcome_name(r.outcome), selected ? f.theme.text0 : outcome_colour(f, r.outcome));
      });
  if (result.pressed) actions.push_back(SelectRecord{props.rows[*result.pressed].index});
  if (result.near_end && props.more && !props.loading) actions.push_back(LoadMoreAudit{});
}

void labelled(FrameContext& f, std::string_view label, std::string_view value, FontRole role) {
  if (value.empty()) return;
  vertical_gap(f, 6);
  paragraph(f, label, FontRole::small, f.theme.text1);
  paragraph(f, value, role, f.theme.text0);
}

void draw_fields(FrameContext& f, std::string_view title, const std::vector<AuditField>& fields) {
  if (fields.empty()) return;
  paragraph(f, title, FontRole::small, f.theme.text1);
  for (const AuditField& field : fields) {
    paragraph(f, field.name + ": " + field.value, FontRole::mono,
              field.changed ? f.theme.bad : f.theme.text0);
  }
  vertical_gap(f, 8);
}

// What was checked, and no more: that the record is in the log, and the log whole, only a proof could say.
void draw_hash(const AuditDetails& d, FrameContext& f) {
  if (d.leaf.empty()) return;
  if (d.leaf_matches) {
    paragraph(f, "\xE2\x9C\x94 Record hash checked here", FontRole::small, f.theme.ok);
  } else {
    paragraph(f, "\xE2\x9C\x98 Record hash checked here: the server has another one", FontRole::small,
              f.theme.bad);
  }
  paragraph(f, d.leaf, FontRole::mono, f.theme.text0);
  vertical_gap(f, 10);
}

void draw_details(const AuditProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const AuditDetails& d = props.details;
  const Rect box{area.x0 + f.px(20), area.y0, area.x1 - f.px(20), area.y1 - f.px(16)};
  card(f, box);
  const float third = box.width() / 3;
  const auto column = [&](int n) {
    const float x = box.x0 + third * static_cast<float>(n);
    return Rect{x, box.y0 + 1, x + third, box.y1 - 1};
  };
  begin_pane(f, "audit.record", column(0), {.scrolls = true, .padding_x = 16, .padding_y = 12});
  paragraph(f, d.type, FontRole::bold, f.theme.text0);
  labelled(f, "Reason", d.reason, FontRole::text);
  labelled(f, "Session", d.session, FontRole::text);
  labelled(f, "From", d.from, FontRole::mono);
  labelled(f, "Request", d.request, FontRole::mono);
  end_pane();
  begin_pane(f, "audit.change", column(1), {.scrolls = true, .padding_x = 16, .padding_y = 12});
  draw_fields(f, "Before", d.before);
  draw_fields(f, d.before.empty() ? "Values" : "After", d.after);
  if (d.before.empty() && d.after.empty())
    paragraph(f, "The record holds no values.", FontRole::small, f.theme.text1);
  end_pane();
  begin_pane(f, "audit.proof", column(2), {.scrolls = true, .padding_x = 16, .padding_y = 12});
  draw_hash(d, f);
  if (d.actor.is_set() &&
      link(f, ids::kAuditByActor, f.screen("Everything by " + d.actor_name + " \xE2\x86\x92"))) {
    AuditFilter filter;
    filter.when = props.when_choices.empty() ? 0 : props.when_choices.size() - 1;
    filter.who = d.actor_name;
    actions.push_back(FilterAudit{filter});
  }
  vertical_gap(f, 4);
  if (link(f, ids::kAuditCopy, "Copy the record as it is stored")) f.set_clipboard(f.screen(d.raw));
  end_pane();
}

}  // namespace

void draw_audit(const AuditProps& props, AuditViewState& state, FrameContext& f, Actions& actions,
                const Rect& area) {
  draw_head(props, state, f, actions, area);
  const float bottom = props.has_selection ? area.y1 - f.px(kDetails) : area.y1;
  draw_table(props, f, actions,
             {area.x0 + f.px(20), area.y0 + f.px(kHead), area.x1 - f.px(10), bottom - f.px(8)});
  if (props.has_selection) draw_details(props, f, actions, {area.x0, bottom, area.x1, area.y1});
}

}  // namespace wardroom::admin::views
