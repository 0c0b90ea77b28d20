#include "client/views/second_factor.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "client/views/qr_picture.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kCode = 200;  // three pixels a module for what an office's name makes of it

void draw_error(const SecondFactorProps& props, FrameContext& f) {
  if (props.error.empty()) return;
  notice(f, NoticeTone::bad, props.error);
  vertical_gap(f, 12);
}

void draw_off(const SecondFactorProps& props, SecondFactorViewState& state, FrameContext& f, Actions& actions,
              bool appearing) {
  paragraph(f,
            props.required
                ? tr("Your office asks for a second factor: a code from an app on your phone, besides "
                     "your password.")
                : tr("A code from an app on your phone in addition to your password, so a stolen password "
                     "isn't enough."),
            FontRole::text, f.theme.text1);
  vertical_gap(f, 14);
  draw_error(props, f);
  const FieldResult password = text_field(f, ids::kFactorPassword, state.password,
                                          {.label = tr("Your password"),
                                           .password = true,
                                           .disabled = props.busy,
                                           .take_focus = props.required && appearing});
  vertical_gap(f, 12);
  const bool ready = !state.password.empty() && !props.busy;
  if ((button(f, ids::kFactorBegin, tr("Set up"), {.tone = ButtonTone::primary, .disabled = !ready}) ||
       password.submitted) &&
      ready)
    actions.push_back(BeginSecondFactor{Secret{state.password}});
}

void draw_scan(const SecondFactorProps& props, SecondFactorViewState& state, FrameContext& f,
               Actions& actions, bool appearing) {
  const Rect box = place(0, f.px(kCode));
  draw_qr_picture(f, props.uri.reveal(), {box.x0, box.y0, box.x0 + f.px(kCode), box.y1});
  note(f, ItemKind::card, {box.x0, box.y0, box.x0 + f.px(kCode), box.y1}, tr("QR code"));
  const float x = box.x0 + f.px(kCode + 20);
  const float width = box.x1 - x;
  float y = box.y0;
  y += text_block(f, FontRole::text, x, y, width, f.theme.text1,
                  f.screen(tr("Scan this with your authenticator app. Or type into it:"))) +
       f.px(8);
  y += text_block(f, FontRole::mono, x, y, width, f.theme.text0, props.secret.reveal()) + f.px(10);
  text_block(f, FontRole::small, x, y, width, f.theme.text2,
             f.screen(tr("Six digits, a new code every 30 seconds.")));
  vertical_gap(f, 16);
  draw_error(props, f);
  const FieldResult code = text_field(f, ids::kFactorCode, state.code,
                                      {.label = tr("The code that the app shows now"),
                                       .placeholder = tr("Six digits"),
                                       .disabled = props.busy,
                                       .take_focus = appearing});
  vertical_gap(f, 12);
  const bool ready = !state.code.empty() && !props.busy;
  if ((button(f, ids::kFactorConfirm, tr("Turn on"), {.tone = ButtonTone::primary, .disabled = !ready}) ||
       code.submitted) &&
      ready)
    actions.push_back(ConfirmSecondFactor{Secret{state.code}});
}

void draw_codes(const SecondFactorProps& props, FrameContext& f, Actions& actions) {
  paragraph(
      f,
      tr("These recovery codes sign you in when the phone isn't at hand, each once. They are shown only now: "
         "keep them where you keep other important things."),
      FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  const std::size_t lines = (props.codes.size() + 1) / 2;
  const Rect area = place(0, f.px(24) * static_cast<float>(lines) + f.px(20));
  card(f, area);
  std::string all;
  for (std::size_t i = 0; i < props.codes.size(); ++i) {
    const float x = area.x0 + f.px(12) + (i % 2 == 0 ? 0 : (area.width() - f.px(12)) / 2);
    const std::size_t line = i / 2;
    const float y = area.y0 + f.px(12) + f.px(24) * static_cast<float>(line);
    text_line(f, FontRole::mono, x, y, f.theme.text0, props.codes[i].reveal());
    all += std::string{props.codes[i].reveal()} + "\n";
  }
  note(f, ItemKind::card, area, tr("{0} recovery codes", std::to_string(props.codes.size())));
  vertical_gap(f, 14);
  if (button(f, ids::kFactorCopy, tr("Copy all"))) f.set_clipboard(all);
  ImGui::SameLine(0, f.px(8));
  if (button(f, ids::kFactorDone, tr("I've saved them"), {.tone = ButtonTone::primary}))
    actions.push_back(FinishSecondFactor{});
}

void draw_on(const SecondFactorProps& props, SecondFactorViewState& state, FrameContext& f,
             Actions& actions) {
  notice(f, NoticeTone::good, tr("The second factor is on."));
  vertical_gap(f, 8);
  const std::string left =
      tr_count(props.codes_left, "{0} recovery code is left.", "{0} recovery codes are left.");
  paragraph(f, left, FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  draw_error(props, f);
  text_field(f, ids::kFactorCode, state.code,
             {.label = tr("A code from your app"), .placeholder = tr("Six digits"), .disabled = props.busy});
  vertical_gap(f, 10);
  if (button(f, ids::kFactorRenew, tr("New recovery codes"), {.disabled = state.code.empty() || props.busy}))
    actions.push_back(ConfirmSecondFactor{Secret{state.code}});
  vertical_gap(f, 16);
  if (props.required) {
    paragraph(f, tr("Your office requires it, so it can't be turned off."), FontRole::small, f.theme.text2);
    return;
  }
  text_field(f, ids::kFactorPassword, state.password,
             {.label = tr("Your password, to turn it off"), .password = true, .disabled = props.busy});
  vertical_gap(f, 10);
  const bool ready = !state.code.empty() && !state.password.empty() && !props.busy;
  if (button(f, ids::kFactorRemove, tr("Turn off"), {.tone = ButtonTone::danger, .disabled = !ready}))
    actions.push_back(RemoveSecondFactor{Secret{state.password}, Secret{state.code}});
}

}  // namespace

void draw_second_factor(const SecondFactorProps& props, SecondFactorViewState& state, FrameContext& f,
                        Actions& actions) {
  const bool appearing = state.seen != props.stage;
  if (appearing) state = {{}, {}, props.stage};
  switch (props.stage) {
    case FactorStage::unknown:
      // Where it is required, it is known to be off.
      if (props.required) return draw_off(props, state, f, actions, appearing);
      draw_error(props, f);
      paragraph(f, props.busy ? tr("Loading…") : "", FontRole::text, f.theme.text1);
      return;
    case FactorStage::off:
      return draw_off(props, state, f, actions, appearing);
    case FactorStage::scan:
      return draw_scan(props, state, f, actions, appearing);
    case FactorStage::codes:
      return draw_codes(props, f, actions);
    case FactorStage::on:
      return draw_on(props, state, f, actions);
  }
}

}  // namespace wardroom::client::views
