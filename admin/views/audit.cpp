#include "admin/views/audit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>
#include <span>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
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

constexpr float kAuditHead = 164;
constexpr float kTypedLine = 42;
constexpr float kLeastBesideOfRecord = 600;
constexpr std::size_t kInFirstLine = 4;
constexpr float kRecordDetails = 244;
// The log has one order: that of its numbers.
constexpr std::size_t kNumber = 1;
constexpr std::array<Column, 8> kAuditColumns{{{"", 26, FontRole::text, false},
                                               {"No.", 92, FontRole::mono},
                                               {"Time", 156, FontRole::text, false},
                                               {"What", 170, FontRole::text, false},
                                               {"Who", -4, FontRole::text, false},
                                               {"On", -5, FontRole::text, false},
                                               {"From", 116, FontRole::mono, false},
                                               {"Outcome", 90, FontRole::text, false}}};

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

// The fields that are typed into, in the order of the second line; widths share what is left.
struct TypedField {
  std::string_view id;
  std::string AuditFilter::*value;
  std::string_view placeholder;
  float share;
};
constexpr std::array<TypedField, 7> kTyped{
    {{ids::kAuditWho, &AuditFilter::who, "Who", 1.1F},
     {ids::kAuditOn, &AuditFilter::on, "On whom", 1.2F},
     {ids::kAuditRoom, &AuditFilter::room, "Room", 0.8F},
     {ids::kAuditAddress, &AuditFilter::address, "Address", 0.9F},
     {ids::kAuditFrom, &AuditFilter::from_day, "From (yyyy-mm-dd)", 0.9F},
     {ids::kAuditTo, &AuditFilter::to_day, "To (yyyy-mm-dd)", 0.9F},
     {ids::kAuditWords, &AuditFilter::words, "Words anywhere", 1.1F}}};

// In a narrow window they stand in two lines.
bool in_two_lines(FrameContext& f, float width) {
  return width < f.px(kLeastBesideOfRecord);
}

bool draw_line_of(std::span<const TypedField> fields, AuditViewState& state, FrameContext& f, ImVec2 at,
                  float right) {
  const float gap = f.px(8);
  const float room = right - at.x - gap * static_cast<float>(fields.size() - 1);
  float shares = 0;
  for (const TypedField& field : fields) shares += field.share;
  float x = at.x;
  bool changed = false;
  for (const TypedField& field : fields) {
    const float width = std::floor(room * field.share / shares);
    ImGui::SetCursorScreenPos({x, at.y});
    std::string& value = state.typed.*field.value;
    const FieldResult result =
        text_field(f, field.id, value, {.placeholder = field.placeholder, .width = width});
    changed = changed || result.submitted || (result.changed && value.empty());
    x += width + gap;
  }
  return changed;
}

bool draw_typed(AuditViewState& state, AuditFilter& wanted, FrameContext& f, float right) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::span<const TypedField> all(kTyped);
  const std::size_t first = in_two_lines(f, right - at.x) ? kInFirstLine : all.size();
  bool changed = draw_line_of(all.first(first), state, f, at, right);
  if (first < all.size())
    changed = draw_line_of(all.subspan(first), state, f, {at.x, at.y + f.px(kTypedLine)}, right) || changed;
  if (changed)
    for (const TypedField& field : kTyped) wanted.*field.value = state.typed.*field.value;
  return changed;
}

void draw_filters(const AuditProps& props, AuditViewState& state, FrameContext& f, Actions& actions,
                  float right) {
  if (!state.filled || !ImGui::IsAnyItemActive()) state.typed = props.filter;
  state.filled = true;
  AuditFilter wanted = props.filter;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  bool changed = filter_chip(f, ids::kAuditWhen, "When", props.when_choices, wanted.when);
  ImGui::SameLine(0, f.px(8));
  changed = filter_chip(f, ids::kAuditWhat, "What", props.what_choices, wanted.what) || changed;
  ImGui::SameLine(0, f.px(8));
  changed = filter_chip(f, ids::kAuditOutcome, "Outcome", props.outcome_choices, wanted.outcome) || changed;
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(40)});
  changed = draw_typed(state, wanted, f, right) || changed;
  if (changed) actions.push_back(FilterAudit{wanted});
}

void draw_title(const AuditProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float x = area.x1 - f.px(20) - button_width(f, "Refresh");
  ImGui::SetCursorScreenPos({x, at.y});
  if (button(f, ids::kAuditRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshAudit{});
  const std::string evidence = f.screen("Export evidence…");
  if (props.may_export) {
    x -= button_width(f, evidence) + f.px(8);
    ImGui::SetCursorScreenPos({x, at.y});
    if (button(f, ids::kAuditEvidence, evidence)) actions.push_back(AskForEvidence{props.filter.who});
  }
  x -= f.px(86);
  bool live = props.live;
  // In a pane, because a box with its words takes the whole line.
  begin_pane(f, "audit.follow", {x, at.y + f.px(4), x + f.px(78), at.y + f.px(32)});
  if (checkbox(f, ids::kAuditLive, "Live", live)) actions.push_back(FollowAudit{live});
  end_pane();
  ImGui::SetCursorScreenPos(at);
  draw_page_title(f, "Audit", props.summary, x - f.px(12));
}

// What this console knows of the log, in one line.
void draw_watch_card(const WatchCardProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const bool warns = props.behind || props.clock_doubted || props.check_wanting;
  const Colour colour = props.alarm ? f.theme.bad : warns ? f.theme.warn : f.theme.ok;
  const float middle = (area.y0 + area.y1) / 2;
  draw_icon(f, props.alarm || warns ? Icon::warning : Icon::shield, area.x0 + f.px(8), middle, f.px(15),
            colour);
  const std::string words = props.alarm ? props.text + " · the log isn't what this console saw" : props.text;
  const float width = text_in(f, FontRole::small, {area.x0 + f.px(24), area.y0, area.x1 - f.px(80), area.y1},
                              props.alarm ? f.theme.bad : f.theme.text1, f.screen(words));
  note(f, ItemKind::card, area, words, ids::kAuditWatch);
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({area.x0 + f.px(36) + width, middle - f.px(8)});
  if (link(f, ids::kAuditWatchDetails, "Details", FontRole::small)) actions.push_back(desk::WatchAct::open);
  ImGui::SetCursorScreenPos(after);
}

float head_height(FrameContext& f, const Rect& area) {
  return f.px(kAuditHead + (in_two_lines(f, area.width() - f.px(40)) ? kTypedLine : 0));
}

void draw_head(const AuditProps& props, const WatchCardProps& watch, AuditViewState& state, FrameContext& f,
               Actions& actions, const Rect& area) {
  begin_pane(f, "audit.head", {area.x0, area.y0, area.x1, area.y0 + head_height(f, area)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_title(props, f, actions, area);
  draw_watch_card(watch, f, actions, {at.x, at.y + f.px(34), area.x1 - f.px(20), at.y + f.px(58)});
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(66)});
  draw_filters(props, state, f, actions, area.x1 - f.px(20));
  end_pane();
}

std::string_view verdict_name(VerdictMark verdict) {
  if (verdict == VerdictMark::verified) return ", verified";
  return verdict == VerdictMark::wrong ? ", not in the log" : "";
}

void draw_verdict_mark(FrameContext& f, const Rect& cell, VerdictMark verdict) {
  const float x = cell.x0 + f.px(7);
  const float y = (cell.y0 + cell.y1) / 2;
  if (verdict == VerdictMark::verified) draw_icon(f, Icon::check, x, y, f.px(14), f.theme.ok);
  if (verdict == VerdictMark::wrong) draw_icon(f, Icon::warning, x, y, f.px(15), f.theme.bad);
  if (verdict == VerdictMark::newer) draw_icon(f, Icon::clock, x, y, f.px(12), f.theme.text2);
}

void draw_table(const AuditProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const std::string& trouble = props.filter_error.empty() ? props.error : props.filter_error;
  if (!trouble.empty() || props.rows.empty()) {
    const bool wrong = !trouble.empty();
    empty_state(f, area,
                !props.filter_error.empty() ? "The filter isn't understood"
                : wrong                     ? "The log can't be shown"
                : props.loading             ? "Loading"
                                            : "No matching records",
                wrong           ? trouble
                : props.loading ? "The server is asked for the records."
                                : "Change the filters. A longer time finds more.");
    return;
  }
  TableOptions options = list_options({kNumber, !props.oldest_first}, 29);
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(), [&](const AuditRow& r) {
    return props.has_selection && r.index == props.selected;
  });
  if (chosen != props.rows.end()) options.selected = static_cast<std::size_t>(chosen - props.rows.begin());
  const TableResult result = table(
      f, ids::kAuditTable, area, kAuditColumns, props.rows.size(), options,
      [&](std::size_t i) {
        const AuditRow& r = props.rows[i];
        return r.number + " " + r.type + std::string(verdict_name(r.verdict));
      },
      [&](std::size_t i, RowPainter& row) {
        const AuditRow& r = props.rows[i];
        const bool selected = options.selected == i;
        const Colour ink = selected ? f.theme.text0 : f.theme.text1;
        draw_verdict_mark(f, row.space(), r.verdict);
        row.cell(f.screen(r.number), ink);
        row.cell(f.screen(r.time), ink, r.utc);
        for (const std::string* text : {&r.type, &r.who, &r.on, &r.from}) row.cell(f.screen(*text), ink);
        row.cell(r.time.empty() ? "" : outcome_name(r.outcome),
                 selected ? f.theme.text0 : outcome_colour(f, r.outcome));
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::audit, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectRecord{props.rows[*result.pressed].index});
  if (result.near_end && props.more && !props.loading) actions.push_back(LoadMoreAudit{});
}

void labelled(FrameContext& f, std::string_view label, std::string_view value, FontRole role) {
  if (value.empty()) return;
  vertical_gap(f, 6);
  paragraph(f, label, FontRole::small, f.theme.text1);
  paragraph(f, value, role, f.theme.text0);
}

// "topic", then what it was, then what it is.
void draw_change(FrameContext& f, const AuditChange& change, bool has_before) {
  paragraph(f, change.name, FontRole::small, f.theme.text1);
  if (!has_before || !change.changed) {
    paragraph(f, change.before.empty() ? change.after : change.before, FontRole::text, f.theme.text0);
  } else {
    paragraph(f, "was  " + (change.before.empty() ? "nothing" : change.before), FontRole::text,
              f.theme.text1);
    paragraph(f, "is  " + (change.after.empty() ? "nothing" : change.after), FontRole::text, f.theme.text0);
  }
  vertical_gap(f, 6);
}

void draw_changes(const AuditDetails& d, FrameContext& f) {
  if (d.pruned)
    return paragraph(f,
                     "The text of this record was removed because it is old. Its hash stands in the log, so "
                     "that the rest is still proven.",
                     FontRole::text, f.theme.text1);
  if (d.changes.empty()) return paragraph(f, "The record holds no values.", FontRole::small, f.theme.text1);
  for (const AuditChange& change : d.changes) draw_change(f, change, d.has_before);
}

// Computed here from the bytes, under a head that this console has checked.
void draw_verdict(const AuditDetails& d, FrameContext& f) {
  Colour ink = f.theme.text1;
  std::string mark;
  if (d.verdict == VerdictMark::verified) ink = f.theme.ok, mark = "\xE2\x9C\x94 ";
  if (d.verdict == VerdictMark::wrong) ink = f.theme.bad, mark = "\xE2\x9C\x98 ";
  const ImVec2 at = ImGui::GetCursorScreenPos();
  paragraph(f, mark + d.verdict_words, FontRole::small, ink);
  note(f, ItemKind::text, {at.x, at.y, at.x + room_left(), ImGui::GetCursorScreenPos().y}, d.verdict_words,
       ids::kAuditVerdict);
  vertical_gap(f, 4);
  paragraph(f, d.leaf, FontRole::mono, f.theme.text0);
  vertical_gap(f, 8);
}

void draw_ways(const AuditProps& props, FrameContext& f, Actions& actions) {
  const AuditDetails& d = props.details;
  const auto way = [&](std::string_view id, const std::string& words) {
    const bool pressed = link(f, id, f.screen(words));
    vertical_gap(f, 2);
    return pressed;
  };
  if (d.actor.is_set() && way(ids::kAuditByActor, "Everything by " + d.actor_name + " \xE2\x86\x92")) {
    AuditFilter filter;
    filter.when = props.when_choices.empty() ? 0 : props.when_choices.size() - 1;
    filter.who = d.actor_name;
    actions.push_back(FilterAudit{filter});
  }
  if (props.may_open_people && d.actor.is_set() &&
      way(ids::kAuditActor, "Who is " + d.actor_name + " \xE2\x86\x92"))
    actions.push_back(OpenPerson{d.actor, d.actor_name});
  if (props.may_open_people && d.person.is_set() && d.person != d.actor &&
      way(ids::kAuditPerson, "Who is " + d.person_name + " \xE2\x86\x92"))
    actions.push_back(OpenPerson{d.person, d.person_name});
  if (props.may_open_rooms && d.room.is_set() &&
      way(ids::kAuditOpenRoom, "Open " + d.room_title + " \xE2\x86\x92"))
    actions.push_back(OpenRoom{d.room});
  if (!d.pruned && way(ids::kAuditCopy, "Copy the record as it is stored")) f.set_clipboard(f.screen(d.raw));
}

void draw_record(const AuditDetails& d, FrameContext& f) {
  paragraph(f, d.type, FontRole::bold, f.theme.text0);
  labelled(f, "Reason", d.reason, FontRole::text);
  labelled(f, "Session", d.session, FontRole::text);
  labelled(f, "From", d.from, FontRole::mono);
  labelled(f, "Request", d.request, FontRole::mono);
}

void draw_details(const AuditProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const AuditDetails& d = props.details;
  const Rect box{area.x0 + f.px(20), area.y0, area.x1 - f.px(20), area.y1 - f.px(16)};
  card(f, box);
  if (box.width() < f.px(kLeastBesideOfRecord)) {
    begin_pane(f, "audit.all", {box.x0, box.y0 + 1, box.x1, box.y1 - 1},
               {.scrolls = true, .padding_x = 16, .padding_y = 12});
    draw_record(d, f);
    vertical_gap(f, 10);
    draw_changes(d, f);
    vertical_gap(f, 10);
    draw_verdict(d, f);
    draw_ways(props, f, actions);
    return end_pane();
  }
  const float third = box.width() / 3;
  const auto column = [&](int n) {
    const float x = box.x0 + third * static_cast<float>(n);
    return Rect{x, box.y0 + 1, x + third, box.y1 - 1};
  };
  begin_pane(f, "audit.record", column(0), {.scrolls = true, .padding_x = 16, .padding_y = 12});
  draw_record(d, f);
  end_pane();
  begin_pane(f, "audit.change", column(1), {.scrolls = true, .padding_x = 16, .padding_y = 12});
  draw_changes(d, f);
  end_pane();
  begin_pane(f, "audit.proof", column(2), {.scrolls = true, .padding_x = 16, .padding_y = 12});
  draw_verdict(d, f);
  draw_ways(props, f, actions);
  end_pane();
}

}  // namespace

void draw_audit(const AuditProps& props, const WatchCardProps& watch, AuditViewState& state, FrameContext& f,
                Actions& actions, const Rect& area) {
  draw_head(props, watch, state, f, actions, area);
  const float top = area.y0 + head_height(f, area);
  // In a small window the list keeps half of the room.
  const float height = std::min(f.px(kRecordDetails), (area.y1 - top) / 2);
  const float bottom = props.has_selection ? area.y1 - height : area.y1;
  draw_table(props, f, actions, {area.x0 + f.px(20), top, area.x1 - f.px(10), bottom - f.px(8)});
  if (props.has_selection) draw_details(props, f, actions, {area.x0, bottom, area.x1, area.y1});
}

}  // namespace wardroom::admin::views
