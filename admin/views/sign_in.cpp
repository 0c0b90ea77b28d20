#include "admin/views/sign_in.hpp"

#include <algorithm>

#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;
using desk::views::continue_button;
using desk::views::draw_introduce;
using desk::views::error_at;

void take_over(const SignInProps& props, SignInViewState& state) {
  if (state.filled && state.step == props.step) return;
  if (!state.filled && !props.address.empty()) {
    state.address = props.address;
    state.tab = 1;
  }
  state.step = props.step;
  state.begin_step(props);
  state.repeated.clear();
}

bool continue_button(const SignInProps& props, FrameContext& f, std::string_view label, bool ready,
                     bool submitted) {
  return continue_button(props, f, ids::kSignInContinue, label, ready, submitted);
}

void draw_introduce(const SignInProps& props, SignInViewState& state, FrameContext& f, Actions& actions) {
  const auto named = draw_introduce(
      props, state,
      {ids::kSignInTab, ids::kSignInLink, ids::kSignInAddress, ids::kSignInFingerprint, ids::kSignInContinue},
      "wardroomd init printed it. It proves that this is your server.", f);
  if (const auto* link = std::get_if<UseInviteLink>(&named)) actions.push_back(*link);
  if (const auto* address = std::get_if<UseAddress>(&named)) actions.push_back(*address);
}

void draw_credentials(const SignInProps& props, SignInViewState& state, FrameContext& f, Actions& actions) {
  bool go = text_field(f, ids::kSignInName, state.name,
                       {.label = "Name",
                        .error = error_at(props, SignInField::name),
                        .disabled = props.busy,
                        .take_focus = state.focus_first && state.name.empty()})
                .submitted;
  vertical_gap(f, 12);
  go = text_field(f, ids::kSignInPassword, state.password,
                  {.label = "Password",
                   .error = error_at(props, SignInField::password),
                   .password = true,
                   .disabled = props.busy,
                   .take_focus = state.focus_first && !state.name.empty()})
           .submitted ||
       go;
  if (props.needs_code) {
    // The field comes up after the password was right: the keyboard goes there once.
    vertical_gap(f, 12);
    go = text_field(f, ids::kSignInCode, state.code,
                    {.label = "Code",
                     .placeholder = "Six digits",
                     .help = "Your authenticator app shows it. A recovery code works, too.",
                     .error = error_at(props, SignInField::code),
                     .mono = true,
                     .disabled = props.busy,
                     .take_focus = !state.code_shown})
             .submitted ||
         go;
  }
  state.code_shown = props.needs_code;
  const bool ready =
      !state.name.empty() && !state.password.empty() && (!props.needs_code || !state.code.empty());
  if (continue_button(props, f, "Sign in", ready, go))
    actions.push_back(SignIn{state.name, Secret{state.password}, Secret{state.code}});
  vertical_gap(f, 16);
  if (link(f, ids::kSignInOther, "Use another server") && !props.busy) actions.push_back(ChooseOtherServer{});
}

void draw_new_password(const SignInProps& props, SignInViewState& state, FrameContext& f, Actions& actions) {
  paragraph(f, "Your office asks you to choose a new password before you go on.", FontRole::text,
            f.theme.text0);
  vertical_gap(f, 16);
  text_field(f, ids::kSignInPassword, state.password,
             {.label = "Current password",
              .error = error_at(props, SignInField::password),
              .password = true,
              .disabled = props.busy,
              .take_focus = state.focus_first});
  vertical_gap(f, 12);
  text_field(f, ids::kSignInNewPassword, state.new_password,
             {.label = "New password",
              .help = "At least 8 characters. A few words make a good one.",
              .error = error_at(props, SignInField::new_password),
              .password = true,
              .disabled = props.busy});
  vertical_gap(f, 12);
  const bool differs = !state.repeated.empty() && state.repeated != state.new_password;
  bool go = text_field(f, ids::kSignInRepeat, state.repeated,
                       {.label = "Repeat the new password",
                        .error = differs ? "The passwords don't match." : "",
                        .password = true,
                        .disabled = props.busy})
                .submitted;
  const bool ready =
      !state.password.empty() && !state.new_password.empty() && state.repeated == state.new_password;
  if (continue_button(props, f, "Change the password", ready, go))
    actions.push_back(ChooseNewPassword{Secret{state.password}, Secret{state.new_password}});
}

void draw_second_factor(FrameContext& f) {
  paragraph(f, "Your office asks for a second factor at every sign-in, and you have none yet.",
            FontRole::text, f.theme.text0);
  vertical_gap(f, 10);
  paragraph(f,
            "Start Wardroom on this PC or another, sign in there, and set up your authenticator app: it "
            "shows the code to scan. This window goes on by itself when that is done.",
            FontRole::text, f.theme.text1);
}

void sign_out_link(FrameContext& f, Actions& actions) {
  vertical_gap(f, 20);
  if (link(f, ids::kSignOut, "Sign out")) actions.push_back(SignOut{});
}

std::string subtitle_of(const SignInProps& props) {
  switch (props.step) {
    case SignInStep::introduce:
      return "For administrators, auditors and moderators.";
    case SignInStep::sign_in:
      return props.server + " \xC2\xB7 server identity verified";
    case SignInStep::new_password:
    case SignInStep::second_factor:
      break;
  }
  return props.server + " \xC2\xB7 signed in as @" + props.name;
}

}  // namespace

void draw_sign_in(const SignInProps& props, SignInViewState& state, FrameContext& f, Actions& actions) {
  take_over(props, state);
  fill({0, 0, f.width, f.height}, f.theme.surface1);
  const float width = std::min(f.px(484), f.width);
  const float x = (f.width - width) / 2;
  begin_pane(f, "signin", {x, std::max(f.px(16), f.height * 0.14F), x + width, f.height},
             {.scrolls = true, .padding_x = 32});
  paragraph(f, "Wardroom console", FontRole::heading, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(f, subtitle_of(props), FontRole::text, f.theme.text2);
  vertical_gap(f, 20);
  if (!props.error.empty() && props.error_field == SignInField::none) {
    notice(f, NoticeTone::bad, props.error);
    vertical_gap(f, 16);
  }
  switch (props.step) {
    case SignInStep::introduce:
      draw_introduce(props, state, f, actions);
      break;
    case SignInStep::sign_in:
      draw_credentials(props, state, f, actions);
      break;
    case SignInStep::new_password:
      draw_new_password(props, state, f, actions);
      sign_out_link(f, actions);
      break;
    case SignInStep::second_factor:
      draw_second_factor(f);
      sign_out_link(f, actions);
      break;
  }
  end_pane();
  state.focus_first = false;
}

}  // namespace wardroom::admin::views
