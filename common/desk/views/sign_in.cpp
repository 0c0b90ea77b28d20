#include "common/desk/views/sign_in.hpp"

#include <array>

#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"

namespace wardroom::desk::views {

using namespace ui;

void SignInFields::begin_step(const SignInForm& form) {
  if (!form.name.empty()) name = form.name;
  filled = focus_first = true;
  code_shown = false;
  password.clear();
  code.clear();
  new_password.clear();
}

std::string_view error_at(const SignInForm& form, SignInField field) {
  return form.error_field == field ? std::string_view{form.error} : std::string_view{};
}

bool continue_button(const SignInForm& form, FrameContext& f, std::string_view id, std::string_view label,
                     bool ready, bool submitted) {
  vertical_gap(f, 20);
  const bool pressed =
      button(f, id, f.screen(form.busy ? form.progress : label),
             {.tone = ButtonTone::primary, .disabled = form.busy || !ready, .width = room_left()});
  return (pressed || submitted) && ready && !form.busy;
}

std::variant<std::monostate, UseInviteLink, UseAddress> draw_introduce(const SignInForm& form,
                                                                       SignInFields& fields,
                                                                       const SignInIds& ids,
                                                                       std::string_view fingerprint_help,
                                                                       FrameContext& f) {
  const std::array<std::string_view, 2> kTabs{tr("Invite link"), tr("Address")};
  segmented(f, ids.tab, kTabs, fields.tab);
  vertical_gap(f, 16);
  if (fields.tab == 0) {
    const bool submitted = text_field(f, ids.link, fields.link,
                                      {.label = tr("Invite link"),
                                       .placeholder = tr("It begins with wardroom://"),
                                       .help = tr("It names the server and proves that it's the right one."),
                                       .error = error_at(form, SignInField::link),
                                       .disabled = form.busy,
                                       .take_focus = fields.focus_first})
                               .submitted;
    if (continue_button(form, f, ids.go, tr("Continue"), !fields.link.empty(), submitted))
      return UseInviteLink{fields.link};
    return {};
  }
  bool submitted = text_field(f, ids.address, fields.address,
                              {.label = tr("Server"),
                               .placeholder = tr("For example: office.example:7443"),
                               .error = error_at(form, SignInField::address),
                               .disabled = form.busy,
                               .take_focus = fields.focus_first && fields.address.empty()})
                       .submitted;
  vertical_gap(f, 12);
  submitted = text_field(f, ids.fingerprint, fields.fingerprint,
                         {.label = tr("Fingerprint"),
                          .placeholder = tr("24 characters"),
                          .help = fingerprint_help,
                          .error = error_at(form, SignInField::fingerprint),
                          .mono = true,
                          .disabled = form.busy,
                          .take_focus = fields.focus_first && !fields.address.empty()})
                  .submitted ||
              submitted;
  const bool ready = !fields.address.empty() && !fields.fingerprint.empty();
  if (continue_button(form, f, ids.go, tr("Continue"), ready, submitted))
    return UseAddress{fields.address, fields.fingerprint};
  return {};
}

}  // namespace wardroom::desk::views
