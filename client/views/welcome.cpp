#include "client/views/welcome.hpp"

#include <array>
#include <imgui.h>
#include <utility>

#include "client/views/found_servers.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;
using desk::views::continue_button;
using desk::views::draw_introduce;
using desk::views::error_at;

constexpr float kCardWidth = 420;
constexpr float kPadding = 32;

// The program's mark: a rounded square with the two strokes of a W.
void draw_mark(FrameContext& f, float x, float y) {
  const float size = f.px(44);
  fill({x, y, x + size, y + size}, f.theme.accent, f.px(12));
  const auto at = [&](float px, float py) { return ImVec2{x + size * px, y + size * py}; };
  const std::array<ImVec2, 5> w{at(0.22F, 0.32F), at(0.36F, 0.7F), at(0.5F, 0.4F), at(0.64F, 0.7F),
                                at(0.78F, 0.32F)};
  ImGui::GetWindowDrawList()->AddPolyline(w.data(), static_cast<int>(w.size()), f.theme.on_accent, 0,
                                          f.px(3.6F));
}

void draw_heading(const WelcomeProps& props, FrameContext& f) {
  const Rect mark = place(f.px(44), f.px(44));
  draw_mark(f, mark.x0, mark.y0);
  vertical_gap(f, 16);
  const std::string office = props.office.empty() ? "Wardroom" : props.office;
  std::string title = tr("Welcome to Wardroom");
  std::string words = tr("Your office's chat. Paste the invite link that your administrator sent you.");
  if (props.step == WelcomeStep::make_account) {
    title = tr("Create your account");
    words = tr("You're invited to {0} on {1}. Server identity verified.", office, props.server);
  } else if (props.step == WelcomeStep::sign_in) {
    title = tr("Sign in to {0}", office);
    words = tr("{0} \xC2\xB7 server identity verified", props.server);
  } else if (props.step == WelcomeStep::new_password) {
    title = tr("Choose a new password");
    words = tr("Your office asks for a new one before you go on. Choose one that only you know.");
  } else if (props.step == WelcomeStep::second_factor) {
    title = tr("One more thing");
    words = tr("After this you're in.");
  }
  paragraph(f, title, FontRole::heading, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(f, words, FontRole::text, f.theme.text2);
  vertical_gap(f, 20);
}

void draw_pin_mismatch(const WelcomeProps& props, FrameContext& f) {
  notice(
      f, NoticeTone::bad,
      tr("This isn't the server you were invited to. Its key differs from the one in your invite, so nothing "
         "was sent "
         "to it: no name, no password. Either the address is wrong, or someone stands between you and the "
         "server. "
         "Ask your administrator for a new invite."));
  vertical_gap(f, 8);
  paragraph(f, tr("Expected  {0}", props.expected_fingerprint), FontRole::mono, f.theme.text1);
  if (!props.seen_fingerprint.empty())
    paragraph(f, tr("Received  {0}", props.seen_fingerprint), FontRole::mono, f.theme.bad);
  vertical_gap(f, 16);
}

bool continue_button(const WelcomeProps& props, FrameContext& f, std::string_view label, bool ready,
                     bool submitted) {
  return continue_button(props, f, ids::kWelcomeContinue, label, ready, submitted);
}

void draw_introduce(const WelcomeProps& props, WelcomeViewState& state, FrameContext& f, Actions& actions) {
  const auto named = draw_introduce(
      props, state,
      {ids::kWelcomeTab, ids::kWelcomeLink, ids::kWelcomeAddress, ids::kWelcomeFingerprint,
       ids::kWelcomeContinue},
      tr("Your administrator reads it from the console. It proves that this is your server."), f);
  if (const auto* link = std::get_if<UseInviteLink>(&named)) actions.push_back(*link);
  if (const auto* address = std::get_if<UseAddress>(&named)) actions.push_back(*address);
  // Who has a link asks nobody.
  if (state.tab == 1) draw_found_servers(props, state, f, actions);
}

// True: Enter was pressed.
bool draw_code(const WelcomeProps& props, WelcomeViewState& state, FrameContext& f) {
  vertical_gap(f, 12);
  return text_field(f, ids::kWelcomeCode, state.code,
                    {.label = tr("Code"),
                     .placeholder = tr("Six digits"),
                     .help = tr("From your authenticator app, or one of your recovery codes."),
                     .error = error_at(props, WelcomeField::code),
                     .disabled = props.busy,
                     .take_focus = !state.code_shown})
      .submitted;
}

void draw_new_password(const WelcomeProps& props, WelcomeViewState& state, FrameContext& f,
                       Actions& actions) {
  bool go = text_field(f, ids::kWelcomePassword, state.password,
                       {.label = tr("Current password"),
                        .password = true,
                        .disabled = props.busy,
                        .take_focus = state.focus_first})
                .submitted;
  vertical_gap(f, 12);
  go = text_field(f, ids::kWelcomeNewPassword, state.new_password,
                  {.label = tr("New password"),
                   .help = tr("At least 8 characters. A few words make a good one."),
                   .error = error_at(props, WelcomeField::new_password),
                   .password = true,
                   .disabled = props.busy})
           .submitted ||
       go;
  const bool ready = !state.password.empty() && !state.new_password.empty();
  if (continue_button(props, f, tr("Change password"), ready, go))
    actions.push_back(ChangePassword{Secret{state.password}, Secret{state.new_password}});
}

void draw_credentials(const WelcomeProps& props, WelcomeViewState& state, FrameContext& f, Actions& actions) {
  const bool fresh = props.step == WelcomeStep::make_account;
  bool go =
      text_field(
          f, ids::kWelcomeName, state.name,
          {.label = tr("Name"),
           .placeholder = fresh ? tr("For example: lena.moreau") : "",
           .help = fresh ? tr("Short, without spaces. You sign in with it, and colleagues write @name.") : "",
           .error = error_at(props, WelcomeField::name),
           .disabled = props.busy || props.name_is_fixed,
           .take_focus = state.focus_first && state.name.empty()})
          .submitted;
  if (fresh) {
    vertical_gap(f, 12);
    go = text_field(f, ids::kWelcomeDisplayName, state.display_name,
                    {.label = tr("Display name"),
                     .placeholder = tr("For example: Lena Moreau"),
                     .error = error_at(props, WelcomeField::display_name),
                     .disabled = props.busy,
                     .take_focus = state.focus_first && !state.name.empty()})
             .submitted ||
         go;
  }
  vertical_gap(f, 12);
  go = text_field(f, ids::kWelcomePassword, state.password,
                  {.label = tr("Password"),
                   .help = fresh ? tr("At least 8 characters. A few words make a good one.") : "",
                   .error = error_at(props, WelcomeField::password),
                   .password = true,
                   .disabled = props.busy,
                   .take_focus = state.focus_first && !fresh && !state.name.empty()})
           .submitted ||
       go;
  if (props.needs_code) go = draw_code(props, state, f) || go;
  state.code_shown = props.needs_code;
  const bool ready = !state.name.empty() && !state.password.empty();
  if (!continue_button(props, f, fresh ? tr("Create account") : tr("Sign in"), ready, go)) return;
  if (fresh) {
    actions.push_back(
        MakeAccount{state.name, state.display_name, Secret{state.password}, Secret{state.code}});
  } else {
    actions.push_back(SignIn{state.name, Secret{state.password}, Secret{state.code}});
  }
}

void take_over(const WelcomeProps& props, WelcomeViewState& state) {
  if (state.filled && state.step == props.step) return;
  if (!state.filled && !props.link.empty()) state.link = props.link;
  state.step = props.step;
  state.begin_step(props);
}

}  // namespace

void draw_welcome(const WelcomeProps& props, WelcomeViewState& state, FrameContext& f, Actions& actions) {
  take_over(props, state);
  const float width = std::min(f.px(kCardWidth + 2 * kPadding), f.width);
  const float x = (f.width - width) / 2;
  fill({0, 0, f.width, f.height}, f.theme.surface1);
  const float top = std::max(f.px(16), f.height * 0.12F);
  begin_pane(f, "welcome", {x, top, x + width, f.height}, {.scrolls = true, .padding_x = kPadding});
  draw_heading(props, f);
  if (props.pin_mismatch) draw_pin_mismatch(props, f);
  if (!props.error.empty() && props.error_field == WelcomeField::none && !props.pin_mismatch) {
    notice(f, NoticeTone::bad, props.error);
    vertical_gap(f, 16);
  }
  const bool duty = props.step == WelcomeStep::new_password || props.step == WelcomeStep::second_factor;
  if (props.step == WelcomeStep::introduce) {
    draw_introduce(props, state, f, actions);
  } else if (duty) {
    if (props.step == WelcomeStep::new_password)
      draw_new_password(props, state, f, actions);
    else
      draw_second_factor(props.second_factor, state.second_factor, f, actions);
    vertical_gap(f, 20);
    if (link(f, ids::kWelcomeSignOut, tr("Sign out")) && !props.busy) actions.push_back(SignOut{});
  } else {
    draw_credentials(props, state, f, actions);
    vertical_gap(f, 16);
    if (link(f, ids::kWelcomeOther, tr("Use another server")) && !props.busy)
      actions.push_back(ChooseOtherServer{});
  }
  end_pane();
  state.focus_first = std::exchange(state.focus_after_choice, false);
}

}  // namespace wardroom::client::views
