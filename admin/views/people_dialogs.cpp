#include "admin/views/people_dialogs.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>

#include "admin/views/erase_dialog.hpp"
#include "admin/views/ids.hpp"
#include "admin/views/leaver_dialog.hpp"
#include "common/ui/button.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

const std::array<std::string, 5> kRoleNames{"member", "moderator", "auditor", "admin",
                                            "guest"};  // as RoleChoice

std::string_view meaning_of(std::size_t role) {
  constexpr std::array<std::string_view, 5> kMeanings{
      "Reads and writes in public rooms and in rooms they're invited to.", "Moderates every room.",
      "Reads the audit log and exports it. Changes nothing.", "Manages people, rooms and the server.",
      "Sees only the rooms they were added to."};
  return kMeanings[std::min(role, kMeanings.size() - 1)];
}

void close_dialog(Actions& actions) {
  actions.push_back(ShowPeopleDialog{PeopleDialog::none});
}

// What is to be copied, in a box of its own.
void draw_boxed(FrameContext& f, std::string_view label, const std::string& wire, std::string_view id) {
  const float width = room_left();
  const std::string screen = f.screen(wire);
  const float height = text_block(f, FontRole::mono, 0, 0, width - f.px(24), 0, screen);
  const Rect box = place(width, height + f.px(20));
  fill(box, f.theme.surface0, f.px(6));
  outline(box, f.theme.line, f.px(6));
  text_block(f, FontRole::mono, box.x0 + f.px(12), box.y0 + f.px(10), width - f.px(24), f.theme.text0,
             screen);
  note(f, ItemKind::card, box, label, id);
}

void draw_refusal(const PeopleProps& props, FrameContext& f) {
  if (props.dialog_error.empty()) return;
  notice(f, NoticeTone::bad, props.dialog_error);
  vertical_gap(f, 12);
}

void draw_add(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kAdd, "Add a person", {.width = 460}, close)) return;
  const bool appearing = ImGui::IsWindowAppearing();
  if (appearing) state = {};
  vertical_gap(f, 4);
  paragraph(f, "They get an invite link and choose their own password. Nobody else ever knows it.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 14);
  draw_refusal(props, f);
  bool go = text_field(f, ids::kAddName, state.name,
                       {.label = "Sign-in name",
                        .placeholder = "For example: jonas.berg",
                        .disabled = props.dialog_busy,
                        .take_focus = appearing})
                .submitted;
  vertical_gap(f, 12);
  go = text_field(
           f, ids::kAddDisplayName, state.display_name,
           {.label = "Display name", .placeholder = "For example: Jonas Berg", .disabled = props.dialog_busy})
           .submitted ||
       go;
  vertical_gap(f, 12);
  go = text_field(f, ids::kAddEmail, state.email,
                  {.label = "E-mail (optional)", .disabled = props.dialog_busy})
           .submitted ||
       go;
  vertical_gap(f, 12);
  dropdown(f, ids::kAddRole, "Role", kRoleNames, state.role);
  vertical_gap(f, 4);
  paragraph(f, meaning_of(state.role), FontRole::small, f.theme.text1);
  const bool ready = !state.name.empty() && !props.dialog_busy;
  const DialogChoice choice = dialog_buttons(f, ids::kAdd, {.confirm = "Add", .confirm_disabled = !ready});
  end_dialog();
  if (choice == DialogChoice::confirmed || (go && ready)) {
    actions.push_back(
        AddPerson{state.name, state.display_name, state.email, static_cast<RoleChoice>(state.role)});
  } else if (close || choice == DialogChoice::cancelled) {
    close_dialog(actions);
  }
}

void draw_invite(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kInvite, "Invite link", {.width = 520}, close)) return;
  vertical_gap(f, 4);
  const std::string whose = props.invite_for.empty() ? "Whoever opens it can make one account"
                                                     : props.invite_for + " can choose a password with it";
  paragraph(f,
            whose + ", once, until " + props.invite_until +
                ". It also proves to their PC that this is the right server.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  draw_boxed(f, "Invite link", props.invite_link, ids::kInvite);
  const DialogChoice choice =
      dialog_buttons(f, ids::kInvite, {.confirm = state.copied ? "Copied" : "Copy link", .cancel = "Close"});
  end_dialog();
  if (choice == DialogChoice::confirmed) {
    f.set_clipboard(f.screen(props.invite_link));
    state.copied = true;
  }
  if (close || choice == DialogChoice::cancelled) close_dialog(actions);
}

void draw_reset_code(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kReset, "One-use code", {.width = 520}, close)) return;
  vertical_gap(f, 4);
  const std::string whose = props.invite_for.empty() ? "They choose" : props.invite_for + " chooses";
  paragraph(f,
            whose + " a new password with it, once, until " + props.invite_until +
                ". Read the code out, or send the link. Neither is shown again.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  draw_boxed(f, "Reset code", props.reset_code, ids::kReset);
  vertical_gap(f, 6);
  if (link(f, ids::kResetCopyCode, state.code_copied ? "The code is copied" : "Copy the code")) {
    f.set_clipboard(f.screen(props.reset_code));
    state.code_copied = true;
  }
  vertical_gap(f, 10);
  draw_boxed(f, "Reset link", props.invite_link, ids::kInvite);
  const DialogChoice choice =
      dialog_buttons(f, ids::kReset, {.confirm = state.copied ? "Copied" : "Copy link", .cancel = "Close"});
  end_dialog();
  if (choice == DialogChoice::confirmed) {
    f.set_clipboard(f.screen(props.invite_link));
    state.copied = true;
  }
  if (close || choice == DialogChoice::cancelled) close_dialog(actions);
}

void draw_edit(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  const PersonRow* person = selected_person(props);
  bool close = false;
  if (!person || !begin_dialog(f, ids::kEdit, f.screen("Edit @" + person->name), {}, close)) return;
  const bool appearing = ImGui::IsWindowAppearing();
  if (appearing) {
    state.display_name = person->display_name;
    state.email = person->email;
  }
  vertical_gap(f, 8);
  draw_refusal(props, f);
  bool go = text_field(f, ids::kEditName, state.display_name,
                       {.label = "Display name", .disabled = props.dialog_busy, .take_focus = appearing})
                .submitted;
  vertical_gap(f, 12);
  go = text_field(f, ids::kEditEmail, state.email,
                  {.label = "E-mail (optional)",
                   .help = "The sign-in name stays: mentions and the audit log know them by it.",
                   .disabled = props.dialog_busy})
           .submitted ||
       go;
  const bool same = state.display_name == person->display_name && state.email == person->email;
  const bool ready = !same && !state.display_name.empty() && !props.dialog_busy;
  const DialogChoice choice = dialog_buttons(f, ids::kEdit, {.confirm = "Save", .confirm_disabled = !ready});
  end_dialog();
  if (choice == DialogChoice::confirmed || (go && ready))
    actions.push_back(EditPerson{person->id, state.display_name, state.email});
  else if (close || choice == DialogChoice::cancelled)
    close_dialog(actions);
}

void draw_ask_password(const PeopleProps& props, FrameContext& f, Actions& actions) {
  const PersonRow* person = selected_person(props);
  bool close = false;
  if (!person || !begin_dialog(f, ids::kAskPassword, "Require a new password?", {}, close)) return;
  vertical_gap(f, 4);
  draw_refusal(props, f);
  paragraph(f,
            person->display_name +
                " has to choose a new password before anything else: at the next sign-in, and at once where "
                "they are signed in. They need their current password for it, and nobody is signed out.",
            FontRole::text, f.theme.text1);
  const DialogChoice choice =
      dialog_buttons(f, ids::kAskPassword, {.confirm = "Require it", .confirm_disabled = props.dialog_busy});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(AskForPassword{person->id});
  else if (close || choice == DialogChoice::cancelled)
    close_dialog(actions);
}

void draw_role(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  const PersonRow* person = selected_person(props);
  bool close = false;
  if (!person || !begin_dialog(f, ids::kRole, f.screen("Role of " + person->display_name), {}, close)) return;
  if (ImGui::IsWindowAppearing()) state.role = static_cast<std::size_t>(person->role);
  vertical_gap(f, 8);
  draw_refusal(props, f);
  dropdown(f, ids::kRoleChoice, "Role", kRoleNames, state.role);
  vertical_gap(f, 4);
  paragraph(f, meaning_of(state.role), FontRole::small, f.theme.text1);
  const bool same = state.role == static_cast<std::size_t>(person->role);
  const DialogChoice choice = dialog_buttons(
      f, ids::kRole, {.confirm = "Change role", .confirm_disabled = same || props.dialog_busy});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(ChangeRole{person->id, static_cast<RoleChoice>(state.role)});
  else if (close || choice == DialogChoice::cancelled)
    close_dialog(actions);
}

}  // namespace

void draw_people_dialog(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  if (props.dialog != PeopleDialog::invite_link && props.dialog != PeopleDialog::reset_code)
    state.copied = state.code_copied = false;
  // A refusal leaves what was typed; the next leaver's dialog begins without it.
  if (props.dialog != PeopleDialog::leaver && props.dialog != PeopleDialog::erase) {
    state.reason.clear();
    state.successor.clear();
  }
  switch (props.dialog) {
    case PeopleDialog::none:
      return;
    case PeopleDialog::add:
      return draw_add(props, state, f, actions);
    case PeopleDialog::invite_link:
      return draw_invite(props, state, f, actions);
    case PeopleDialog::change_role:
      return draw_role(props, state, f, actions);
    case PeopleDialog::edit:
      return draw_edit(props, state, f, actions);
    case PeopleDialog::ask_password:
      return draw_ask_password(props, f, actions);
    case PeopleDialog::reset_code:
      return draw_reset_code(props, state, f, actions);
    case PeopleDialog::leaver:
      return draw_leaver(props, state, f, actions);
    case PeopleDialog::erase:
      return draw_erase(props, state, f, actions);
  }
}

}  // namespace wardroom::admin::views
