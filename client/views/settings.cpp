#include "client/views/settings.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>
#include <imgui_internal.h>

#include "client/views/devices.hpp"
#include "client/views/ids.hpp"
#include "client/views/language_settings.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

void caption(FrameContext& f, std::string_view words) {
  const Rect rect = place(0, f.px(20));
  text_line(f, FontRole::small, rect.x0, rect.y0, f.theme.text1, words);
  note(f, ItemKind::header, rect, words);
}

void saved_line(FrameContext& f, std::string_view words) {
  if (words.empty()) return;
  vertical_gap(f, 8);
  notice(f, NoticeTone::good, words);
}

// What the server knows goes into the fields once it is there, unless somebody typed in them meanwhile.
void take_own_profile(const OwnProfileProps& own, SettingsViewState& state) {
  if (!own.known || state.profile_taken) return;
  state.profile_taken = true;
  state.title = own.title;
  state.pronouns = own.pronouns;
  state.zone = own.zone;
}

void draw_profile(const SettingsProps& props, SettingsViewState& state, FrameContext& f, Actions& actions) {
  take_own_profile(props.profile, state);
  const bool off = props.profile_busy;
  const FieldResult name =
      text_field(f, ids::kSettingsName, state.display_name,
                 {.label = tr("Display name"), .error = props.profile_error, .disabled = off});
  vertical_gap(f, 8);
  bool entered = name.submitted;
  const auto field = [&](std::string_view id, std::string& value, std::string_view label,
                         std::string_view hint) {
    entered = text_field(f, id, value,
                         {.label = label, .placeholder = hint, .disabled = off || !props.profile.known})
                  .submitted ||
              entered;
    vertical_gap(f, 8);
  };
  field(ids::kSettingsTitle, state.title, tr("Title"), tr("For example: Head of Planning"));
  field(ids::kSettingsPronouns, state.pronouns, tr("Pronouns"), tr("For example: she/her"));
  field(ids::kSettingsZone, state.zone, tr("Time zone"), tr("For example: Europe/Berlin"));
  const std::string& host = props.profile.host_zone;
  if (!host.empty() && state.zone != host && props.profile.known) {
    if (link(f, ids::kSettingsHostZone, f.screen(tr("Use this PC's: {0}", host)), FontRole::small))
      state.zone = host;
    vertical_gap(f, 8);
  }
  const bool other =
      props.profile.known && (state.title != props.profile.title ||
                              state.pronouns != props.profile.pronouns || state.zone != props.profile.zone);
  const bool changed =
      !state.display_name.empty() && (state.display_name != props.self.display_name || other) && !off;
  if ((button(f, ids::kSettingsSaveName, tr("Save"), {.disabled = !changed}) || entered) && changed)
    actions.push_back(
        SetProfile{state.display_name, state.title, state.pronouns, state.zone, props.profile.known});
  saved_line(f, props.profile_saved);
}

void draw_security(const SettingsProps& props, SettingsViewState& state, FrameContext& f, Actions& actions) {
  caption(f, tr("Second factor"));
  draw_second_factor(props.second_factor, state.second_factor, f, actions);
  // One thing at a time: what is shown once has the dialog for itself.
  const FactorStage stage = props.second_factor.stage;
  if (stage == FactorStage::scan || stage == FactorStage::codes) return;
  // Both are kept until they were taken: a refusal costs nobody what they typed.
  const bool taken = !props.password_saved.empty();
  if (taken && !state.password_taken) {
    ImGui::ClearActiveID();  // a field that has the keyboard would go on with its own text
    state.old_password.clear();
    state.new_password.clear();
  }
  state.password_taken = taken;
  vertical_gap(f, 20);
  caption(f, tr("Change your password"));
  text_field(f, ids::kSettingsOld, state.old_password,
             {.placeholder = tr("Current password"), .password = true, .disabled = props.password_busy});
  vertical_gap(f, 8);
  const FieldResult fresh = text_field(f, ids::kSettingsNew, state.new_password,
                                       {.placeholder = tr("New password, at least 8 characters"),
                                        .error = props.password_error,
                                        .password = true,
                                        .disabled = props.password_busy});
  vertical_gap(f, 8);
  const bool ready = !state.old_password.empty() && !state.new_password.empty() && !props.password_busy;
  if ((button(f, ids::kSettingsSavePassword, tr("Change password"), {.disabled = !ready}) ||
       fresh.submitted) &&
      ready) {
    actions.push_back(ChangePassword{Secret{state.old_password}, Secret{state.new_password}});
  }
  saved_line(f, props.password_saved);
}

void draw_look(const SettingsProps& props, FrameContext& f, Actions& actions) {
  const std::array<std::string_view, 3> kThemes{tr("System"), tr("Dark"), tr("Light")};
  constexpr std::array<std::string_view, 6> kScales{"75 %", "100 %", "125 %", "150 %", "175 %", "200 %"};
  caption(f, tr("Theme"));
  auto theme_at = static_cast<std::size_t>(props.theme);
  if (segmented(f, ids::kSettingsTheme, kThemes, theme_at))
    actions.push_back(SetTheme{static_cast<ThemeChoice>(theme_at)});
  if (!props.theme_set_by.empty()) {
    vertical_gap(f, 4);
    paragraph(f, props.theme_set_by, FontRole::small, f.theme.text2);
  }
  vertical_gap(f, 20);
  caption(f, tr("Size"));
  auto scale_at = static_cast<std::size_t>(std::clamp((props.scale_percent - 75) / 25, 0, 5));
  if (segmented(f, ids::kSettingsScale, kScales, scale_at)) {
    actions.push_back(SetScale{75 + static_cast<int>(scale_at) * 25});
  }
}

void draw_server(const SettingsProps& props, FrameContext& f, Actions& actions) {
  caption(f, tr("Server"));
  paragraph(f, props.server, FontRole::text, f.theme.text0);
  vertical_gap(f, 16);
  caption(f, tr("Fingerprint of the office's key"));
  paragraph(f, props.fingerprint, FontRole::mono, f.theme.text0);
  vertical_gap(f, 16);
  caption(f, tr("The office's audit log"));
  paragraph(f, props.log, FontRole::text, f.theme.text0);
  vertical_gap(f, 4);
  if (link(f, ids::kSettingsLog, tr("What this computer saw"))) actions.push_back(desk::WatchAct::open);
  vertical_gap(f, 16);
  caption(f, tr("Version"));
  paragraph(f, "Wardroom " + props.version, FontRole::text, f.theme.text0);
}

}  // namespace

void draw_settings(const SettingsProps& props, SettingsViewState& state, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kSettingsDialog, tr("Settings"), {.width = 700, .height = 600}, close)) return;
  if (ImGui::IsWindowAppearing()) {
    state = {};
    state.display_name = props.self.display_name;
    state.attention = attention_fields(props.attention);
    state.language.own_words = props.spelling.own_words;
  }
  const std::array<std::string_view, 7> kTabs{tr("Profile"),    tr("Security"), tr("Devices"), tr("Alerts"),
                                              tr("Appearance"), tr("Language"), tr("Server")};
  vertical_gap(f, 4);
  segmented(f, ids::kSettingsTab, kTabs, state.tab);
  vertical_gap(f, 16);
  if (state.tab == 0) draw_profile(props, state, f, actions);
  if (state.tab == 1) draw_security(props, state, f, actions);
  if (state.tab == 2) draw_devices(props, f, actions);
  if (state.tab == 3) draw_attention(props.attention, state.attention, f, actions);
  if (state.tab == 4) draw_look(props, f, actions);
  if (state.tab == 5) draw_language(props, state.language, f, actions);
  if (state.tab == 6) draw_server(props, f, actions);
  end_dialog();
  if (close) actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
