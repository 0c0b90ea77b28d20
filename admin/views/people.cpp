#include "admin/views/people.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/people_dialogs.hpp"
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

constexpr float kHead = 116;
constexpr float kDetails = 96;
constexpr std::array<Column, 6> kColumns{
    {{"Name", -2}, {"Sign-in name", -1}, {"E-mail", -2}, {"Role", 110}, {"State", 110}, {"Last seen", 150}}};

void draw_head(const PeopleProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "people.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = text_line(f, FontRole::heading, at.x, at.y + f.px(3), f.theme.text0, "People");
  text_line(f, FontRole::text, at.x + width + f.px(14), at.y + f.px(7), f.theme.text2,
            f.screen(props.summary));
  note(f, ItemKind::header, {at.x, at.y, at.x + width, at.y + f.px(26)}, "People");
  note(f, ItemKind::text, {at.x, at.y, area.x1, at.y + f.px(26)}, props.summary);
  if (props.may_change) {
    const std::string add = f.screen("Add person\xE2\x80\xA6");
    const float buttons = button_width(f, "Invite link") + f.px(8) + button_width(f, add);
    ImGui::SetCursorScreenPos({area.x1 - f.px(20) - buttons, at.y});
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
  text_field(f, ids::kPeopleQuery, filter.query,
             {.placeholder = "Name or e-mail", .search = true, .width = f.px(280)});
  ImGui::SetCursorScreenPos({line.x + f.px(288), line.y});
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
  text_in(f, FontRole::text, {name.x0 + f.px(30), name.y0, name.x1, name.y1},
          disabled ? f.theme.text1 : f.theme.text0, f.screen(person.display_name));
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
  row.cell(f.screen(person.last_seen));
}

void draw_details(const PeopleProps& props, const PersonRow& person, FrameContext& f, Actions& actions,
                  const Rect& area) {
  const Rect box{area.x0 + f.px(20), area.y0, area.x1 - f.px(20), area.y1 - f.px(16)};
  card(f, box);
  begin_pane(f, "person", box, {.padding_x = 16, .padding_y = 12});
  const float middle = (box.y0 + box.y1) / 2;
  avatar(f, box.x0 + f.px(38), middle, f.px(44), person.display_name);
  text_line(f, FontRole::title, box.x0 + f.px(74), middle - f.px(22), f.theme.text0,
            f.screen(person.display_name));
  const std::string line = "@" + person.name + " \xC2\xB7 " + std::string{role_name(person.role)} +
                           " \xC2\xB7 last seen " + person.last_seen;
  text_line(f, FontRole::small, box.x0 + f.px(74), middle + f.px(3), f.theme.text1, f.screen(line));
  note(f, ItemKind::card, box, person.display_name, "person", line);
  if (props.may_change) {
    const std::string role = f.screen("Change role\xE2\x80\xA6");
    const bool disabled = person.state == PersonRow::State::disabled;
    const std::string last = disabled ? "Enable" : f.screen("Disable\xE2\x80\xA6");
    const float width =
        button_width(f, "New invite link") + button_width(f, role) + button_width(f, last) + f.px(16);
    ImGui::SetCursorScreenPos({box.x1 - f.px(16) - width, middle - f.px(16)});
    if (button(f, ids::kPersonInvite, "New invite link",
               {.disabled = person.state != PersonRow::State::invited})) {
      actions.push_back(MakeInvite{person.id});
    }
    ImGui::SameLine(0, f.px(8));
    if (button(f, ids::kPersonRole, role, {.disabled = disabled}))
      actions.push_back(ShowPeopleDialog{PeopleDialog::change_role});
    ImGui::SameLine(0, f.px(8));
    if (disabled) {
      if (button(f, ids::kPersonEnable, last)) actions.push_back(EnablePerson{person.id});
    } else if (button(f, ids::kPersonDisable, last,
                      {.tone = ButtonTone::danger, .disabled = person.is_self})) {
      actions.push_back(ShowPeopleDialog{PeopleDialog::disable});
    }
  }
  end_pane();
}

void draw_table(const PeopleProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (!props.error.empty() || props.rows.empty()) {
    const bool wrong = !props.error.empty();
    empty_state(f, area,
                wrong           ? "The list can't be shown"
                : props.loading ? "Loading"
                                : "Nobody matches",
                wrong           ? props.error
                : props.loading ? "The server is asked for the people."
                                : "Change the filters, or add a person.");
    return;
  }
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const PersonRow& r) { return r.id == props.selected; });
  TableOptions options{.row_height = 34};
  if (chosen != props.rows.end()) options.selected = static_cast<std::size_t>(chosen - props.rows.begin());
  const TableResult result = table(
      f, ids::kPeopleTable, area, kColumns, props.rows.size(), options,
      [&](std::size_t i) { return props.rows[i].display_name; },
      [&](std::size_t i, RowPainter& row) { paint_person(props.rows[i], f, row, options.selected == i); });
  if (result.pressed) actions.push_back(SelectPerson{props.rows[*result.pressed].id});
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

void draw_people(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions,
                 const Rect& area) {
  draw_head(props, f, actions, area);
  const auto chosen = std::find_if(props.rows.begin(), props.rows.end(),
                                   [&](const PersonRow& r) { return r.id == props.selected; });
  const bool details = chosen != props.rows.end();
  const float bottom = details ? area.y1 - f.px(kDetails) - f.px(12) : area.y1;
  draw_table(props, f, actions, {area.x0 + f.px(20), area.y0 + f.px(kHead), area.x1 - f.px(10), bottom});
  if (details)
    draw_details(props, *chosen, f, actions, {area.x0, area.y1 - f.px(kDetails), area.x1, area.y1});
  draw_people_dialog(props, state, f, actions);
}

}  // namespace wardroom::admin::views
