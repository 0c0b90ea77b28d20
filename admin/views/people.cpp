#include "admin/views/people.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/bulk.hpp"
#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "admin/views/people_dialogs.hpp"
#include "admin/views/person.hpp"
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

constexpr float kPeopleHead = 116;
constexpr float kPersonDetails = 264;
constexpr std::array<Column, 7> kPeopleColumns{{{"Name", -5},
                                                {"Sign-in name", -3},
                                                {"E-mail", -5},
                                                {"Role", 96},
                                                {"State", 84},
                                                {"2nd factor", 90},
                                                {"Last seen", 136}}};

void draw_head(const PeopleProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "people.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kPeopleHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_page_title(f, "People", props.summary, area.x1 - f.px(420));
  if (props.may_change) {
    const std::string add = f.screen("Add person\xE2\x80\xA6");
    const std::string bring = f.screen("Import from CSV\xE2\x80\xA6");
    const float buttons =
        button_width(f, bring) + button_width(f, "Invite link") + button_width(f, add) + f.px(16);
    ImGui::SetCursorScreenPos({area.x1 - f.px(20) - buttons, at.y});
    if (button(f, ids::kPeopleImport, bring)) actions.push_back(OpenPage{Page::imports});
    ImGui::SameLine(0, f.px(8));
    if (button(f, ids::kPeopleInvite, "Invite link", {.disabled = props.dialog_busy}))
      actions.push_back(MakeInvite{});
    ImGui::SameLine(0, f.px(8));
    if (button(f, ids::kPeopleAdd, add, {.tone = ButtonTone::primary}))
      actions.push_back(ShowPeopleDialog{PeopleDialog::add});
  }
  ImGui::SetCursorScreenPos({at.x, at.y + f.px(48)});
  PeopleFilter filter = props.filter;
  const std::array<std::string, 6> roles{"any", "member", "moderator", "auditor", "admin", "guest"};
  const std::array<std::string, 3> states{"any", "active", "disabled"};
  const ImVec2 line = ImGui::GetCursorScreenPos();
  const float query = std::clamp(area.width() - f.px(280), f.px(120), f.px(280));
  text_field(f, ids::kPeopleQuery, filter.query,
             {.placeholder = "Name or e-mail", .search = true, .width = query});
  ImGui::SetCursorScreenPos({line.x + query + f.px(8), line.y});
  filter_chip(f, ids::kPeopleRole, "Role", roles, filter.role);
  ImGui::SameLine(0, f.px(8));
  filter_chip(f, ids::kPeopleState, "State", states, filter.state);
  if (!(filter == props.filter)) actions.push_back(FilterPeople{filter});
  end_pane();
}

void paint_person(const PersonRow& person, FrameContext& f, RowPainter& row, bool selected) {
  const Rect name = row.space();
  avatar(f, name.x0 + f.px(11), (name.y0 + name.y1) / 2, f.px(22), person.display_name,
         person.state == PersonRow::State::disabled);
  const bool disabled = person.state == PersonRow::State::disabled;
  const Rect words{name.x0 + f.px(30), name.y0, name.x1, name.y1};
  text_line(f, FontRole::text, words.x0,
            std::round((words.y0 + words.y1 - line_height(f, FontRole::text)) / 2),
            disabled ? f.theme.text1 : f.theme.text0, f.screen(person.display_name), words.width());
  row.cell(f.screen(person.name));
  row.cell(f.screen(person.email));
  row.cell(role_name(person.role));
  const Colour strong = selected ? f.theme.text0 : 0U;
  switch (person.state) {
    case PersonRow::State::active:
      row.cell("active", selected ? strong : f.theme.ok);
      break;
    case PersonRow::State::invited:
      row.cell("invited", selected ? strong : f.theme.warn);
      break;
    case PersonRow::State::disabled:
      row.cell("disabled", selected ? strong : f.theme.bad);
      break;
  }
  row.cell(person.second_factor ? "on" : "\xE2\x80\x93", selected ? strong : 0U);
  row.cell(f.screen(person.last_seen), 0, person.last_seen_exact);
}

void draw_table(const PeopleProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.rows.empty()) {
    return draw_emptiness(f, area,
                          {props.loading, props.error, "No matches", "Change the filters, or add a person."});
  }
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const PersonRow& r) { return r.id == props.selected; });
  TableOptions options = list_options(props.sort, 34);
  if (chosen != props.rows.end()) options.selected = static_cast<std::size_t>(chosen - props.rows.begin());
  options.list = props.list;
  if (props.may_change) options.is_ticked = [&](std::size_t i) { return props.rows[i].ticked; };
  options.all_ticked = props.all_ticked;
  const TableResult result = table(
      f, ids::kPeopleTable, area, kPeopleColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].display_name; },
      [&](std::size_t i, RowPainter& row) { paint_person(props.rows[i], f, row, options.selected == i); });
  if (result.pressed) actions.push_back(SelectPerson{props.rows[*result.pressed].id});
  if (result.ticked) actions.push_back(TickPerson{props.rows[*result.ticked].id});
  if (result.ticked_all) actions.push_back(TickShownPeople{!props.all_ticked});
  if (result.sorted_by) actions.push_back(SortList{ListName::people, *result.sorted_by});
  if (result.near_end && props.more && !props.loading) actions.push_back(LoadMorePeople{});
}

}  // namespace

std::string_view role_name(RoleChoice role) {
  switch (role) {
    case RoleChoice::member:
      return "member";
    case RoleChoice::moderator:
      return "moderator";
    case RoleChoice::auditor:
      return "auditor";
    case RoleChoice::admin:
      return "admin";
    case RoleChoice::guest:
      return "guest";
  }
  return "";
}

const PersonRow* selected_person(const PeopleProps& props) {
  const auto it = std::find_if(props.rows.begin(), props.rows.end(),
                               [&](const PersonRow& r) { return r.id == props.selected; });
  return it == props.rows.end() ? nullptr : &*it;
}

void draw_people(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions,
                 const Rect& area) {
  draw_head(props, f, actions, area);
  const PersonRow* chosen = selected_person(props);
  // What is done to several people stands in the place of what is done to one.
  const bool several = props.ticked > 0;
  // In a small window the list keeps half of the room.
  const float room = (area.height() - f.px(kPeopleHead)) / 2;
  const float height =
      several ? bulk_bar_height(f, area.width() - f.px(40)) : std::min(f.px(kPersonDetails), room);
  const float top = area.y1 - height - f.px(16);
  const float bottom = chosen || several ? top - f.px(10) : area.y1;
  draw_table(props, f, actions,
             {area.x0 + f.px(20), area.y0 + f.px(kPeopleHead), area.x1 - f.px(10), bottom});
  const Rect card{area.x0 + f.px(20), top, area.x1 - f.px(20), area.y1 - f.px(16)};
  if (several)
    draw_bulk_bar(props, f, actions, card);
  else if (chosen)
    draw_person(props, *chosen, f, actions, card);
  draw_bulk_dialog(props.bulk, f, actions);
  draw_people_dialog(props, state, f, actions);
}

}  // namespace wardroom::admin::views
