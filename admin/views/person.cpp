#include "admin/views/person.hpp"

#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/people.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

// Narrower, the three parts of the card stand below each other.
constexpr float kLeastBeside = 760;
// And here only what can be done stands beside the rest.
constexpr float kLeastForThree = 900;

void labelled(FrameContext& f, std::string_view label, std::string_view value) {
  const Rect line = place(0, f.px(20));
  const float indent = f.px(92);
  text_in(f, FontRole::small, line, f.theme.text1, label);
  text_line(f, FontRole::small, line.x0 + indent, line.y0 + f.px(2), f.theme.text0, f.screen(value),
            line.width() - indent);
  note(f, ItemKind::text, line, std::string(label) + ": " + std::string(value));
}

void draw_identity(const PeopleProps& props, const PersonRow& person, FrameContext& f) {
  const Rect head = place(0, f.px(52));
  avatar(f, head.x0 + f.px(22), head.y0 + f.px(22), f.px(44), person.display_name,
         person.state == PersonRow::State::disabled);
  const float x = head.x0 + f.px(56);
  text_line(f, FontRole::title, x, head.y0 + f.px(1), f.theme.text0, f.screen(person.display_name),
            head.x1 - x);
  text_line(f, FontRole::small, x, head.y0 + f.px(25), f.theme.text1, f.screen("@" + person.name),
            head.x1 - x);
  note(f, ItemKind::card, head, person.display_name, "person", person.name);
  labelled(f, "Role", role_name(person.role));
  labelled(f, "E-mail", person.email.empty() ? "none" : person.email);
  labelled(f, "Second factor", person.second_factor ? "on" : "off");
  std::string password = "chosen";
  if (person.state == PersonRow::State::invited) password = "not chosen yet";
  if (person.asked_for_password) password = "has to be chosen again";
  labelled(f, "Password", password);
  labelled(f, "Account since", props.details.created);
  labelled(f, "Last seen", person.last_seen);
}

void draw_device(const PeopleProps& props, const PersonSession& session, FrameContext& f, Actions& actions) {
  const Rect line = place(0, f.px(44));
  const float words = line.width() - (props.may_change ? f.px(72) : 0);
  text_line(f, FontRole::text, line.x0, line.y0 + f.px(2), f.theme.text0, f.screen(session.device), words);
  text_line(f, FontRole::small, line.x0, line.y0 + f.px(23), session.connected ? f.theme.ok : f.theme.text1,
            f.screen(session.use), words);
  note(f, ItemKind::text, line, session.device + " \xC2\xB7 " + session.use);
  if (!props.may_change || session.current) return;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({line.x1 - f.px(62), line.y0 + f.px(12)});
  if (link(f, Id{ids::kPersonEndSession, session.id.value}, f.screen("Sign out\xE2\x80\xA6"),
           FontRole::small))
    actions.push_back(AskReason{EndSession{session.id}});
  ImGui::SetCursorScreenPos(after);
}

void draw_held_sanctions(const PeopleProps& props, const PersonRow& person, FrameContext& f,
                         Actions& actions) {
  const PersonDetails& d = props.details;
  if (!d.sanctions_error.empty()) paragraph(f, d.sanctions_error, FontRole::small, f.theme.text1);
  std::int64_t number = 0;
  for (const PersonSanction& sanction : d.sanctions) {
    paragraph(f, sanction.words, FontRole::text, sanction.is_ban ? f.theme.bad : f.theme.warn);
    paragraph(f, sanction.why, FontRole::small, f.theme.text1);
    if (props.may_change &&
        link(f, Id{ids::kPersonLift, number}, f.screen("Lift\xE2\x80\xA6"), FontRole::small))
      actions.push_back(
          AskReason{LiftSanction{sanction.is_ban, sanction.room, person.id, person.display_name}});
    ++number;
    vertical_gap(f, 8);
  }
}

void draw_devices(const PeopleProps& props, const PersonRow& person, FrameContext& f, Actions& actions) {
  const PersonDetails& d = props.details;
  draw_held_sanctions(props, person, f, actions);
  const Rect head = place(0, f.px(22));
  const std::string title = "Signed in" + (d.sessions.empty() ? "" : ": " + d.sessions);
  text_line(f, FontRole::small_bold, head.x0, head.y0, f.theme.text1, f.screen(title));
  note(f, ItemKind::header, head, title);
  if (!d.error.empty()) return paragraph(f, d.error, FontRole::small, f.theme.text1);
  for (const PersonSession& session : d.devices) draw_device(props, session, f, actions);
  if (d.devices.empty()) return;
  vertical_gap(f, 4);
  if (link(f, ids::kPersonSessions, f.screen("Session details \xE2\x86\x92"), FontRole::small))
    actions.push_back(ShowSessionsOf{person.id});
}

struct Act {
  std::string_view id;
  std::string label;
  bool possible = true;
  bool danger = false;
};

std::array<Act, 10> acts_of(const PeopleProps& props, const PersonRow& person) {
  const bool shut = person.state == PersonRow::State::disabled;
  const bool invited = person.state == PersonRow::State::invited;
  const bool self = person.is_self;
  const std::string dots = "\xE2\x80\xA6";
  return {{{ids::kPersonEdit, "Edit" + dots},
           {ids::kPersonRole, "Change role" + dots, !shut},
           invited ? Act{ids::kPersonInvite, "New invite link", !shut}
                   : Act{ids::kPersonReset, "Reset password" + dots, !shut && !self},
           {ids::kPersonAskPassword, "Require new password" + dots,
            !shut && !invited && !person.asked_for_password && !self},
           {ids::kPersonFactor, "Remove second factor" + dots, person.second_factor && !self},
           {ids::kPersonEndAll, "Sign out everywhere" + dots, !props.details.devices.empty() && !self},
           {ids::kPersonEvidence, "Export evidence" + dots},
           shut ? Act{ids::kPersonEnable, "Enable"} : Act{ids::kPersonDisable, "Disable" + dots, !self, true},
           {ids::kPersonLeaver, "Offboard" + dots, !self, true},
           {ids::kPersonErase, "Erase texts" + dots, true, true}}};
}

void begin_act(std::string_view id, const PersonRow& person, Actions& actions) {
  if (id == ids::kPersonEdit) return actions.push_back(ShowPeopleDialog{PeopleDialog::edit});
  if (id == ids::kPersonRole) return actions.push_back(ShowPeopleDialog{PeopleDialog::change_role});
  if (id == ids::kPersonInvite) return actions.push_back(MakeInvite{person.id});
  if (id == ids::kPersonReset) return actions.push_back(AskReason{ResetPassword{person.id}});
  if (id == ids::kPersonAskPassword) return actions.push_back(ShowPeopleDialog{PeopleDialog::ask_password});
  if (id == ids::kPersonFactor) return actions.push_back(AskReason{RemoveSecondFactor{person.id}});
  if (id == ids::kPersonEndAll) return actions.push_back(AskReason{EndAllSessions{person.id}});
  if (id == ids::kPersonEnable) return actions.push_back(EnablePerson{person.id});
  if (id == ids::kPersonDisable) return actions.push_back(AskReason{DisablePerson{person.id}});
  if (id == ids::kPersonEvidence) return actions.push_back(AskForEvidence{person.name});
  if (id == ids::kPersonErase) return actions.push_back(ShowPeopleDialog{PeopleDialog::erase});
  actions.push_back(ShowPeopleDialog{PeopleDialog::leaver});
}

// Two beside each other; what can't be undone by one press stands last.
void draw_acts(const PeopleProps& props, const PersonRow& person, FrameContext& f, Actions& actions) {
  const float gap = f.px(8);
  const float width = std::floor((room_left() - gap) / 2);
  std::size_t n = 0;
  for (const Act& act : acts_of(props, person)) {
    if (n % 2 == 1) ImGui::SameLine(0, gap);
    const ButtonOptions options{.tone = act.danger ? ButtonTone::danger : ButtonTone::quiet,
                                .disabled = !act.possible || props.dialog_busy,
                                .width = width};
    if (button(f, act.id, f.screen(act.label), options)) begin_act(act.id, person, actions);
    if (n++ % 2 == 1) vertical_gap(f, 8);
  }
}

}  // namespace

void draw_person(const PeopleProps& props, const PersonRow& person, FrameContext& f, Actions& actions,
                 const Rect& box) {
  card(f, box);
  if (box.width() < f.px(kLeastBeside)) {
    begin_pane(f, "person.all", {box.x0, box.y0 + 1, box.x1, box.y1 - 1},
               {.scrolls = true, .padding_x = 16, .padding_y = 14});
    draw_identity(props, person, f);
    vertical_gap(f, 10);
    if (props.may_change) draw_acts(props, person, f, actions);
    vertical_gap(f, 10);
    draw_devices(props, person, f, actions);
    return end_pane();
  }
  const float acts = props.may_change ? f.px(392) : 0;
  const bool two = box.width() < f.px(kLeastForThree);
  const float left = two ? box.width() - acts : std::round((box.width() - acts) * 0.43F);
  begin_pane(f, "person.who", {box.x0, box.y0 + 1, box.x0 + left, box.y1 - 1},
             {.scrolls = true, .padding_x = 16, .padding_y = 14});
  draw_identity(props, person, f);
  if (two) {
    vertical_gap(f, 10);
    draw_devices(props, person, f, actions);
  }
  end_pane();
  if (!two) {
    begin_pane(f, "person.where", {box.x0 + left, box.y0 + 1, box.x1 - acts, box.y1 - 1},
               {.scrolls = true, .padding_x = 16, .padding_y = 14});
    draw_devices(props, person, f, actions);
    end_pane();
  }
  if (!props.may_change) return;
  begin_pane(f, "person.acts", {box.x1 - acts, box.y0 + 1, box.x1, box.y1 - 1},
             {.padding_x = 16, .padding_y = 16});
  draw_acts(props, person, f, actions);
  end_pane();
}

}  // namespace wardroom::admin::views
