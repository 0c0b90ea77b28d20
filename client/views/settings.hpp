#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "client/views/attention_settings.hpp"
#include "client/views/language_settings.hpp"
#include "client/views/second_factor.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SettingsViewState {
  std::size_t tab = 0;  // profile, security, devices, alerts, look, language, server
  std::string display_name;
  std::string title;
  std::string pronouns;
  std::string zone;
  bool profile_taken = false;  // what the server knows stands in the fields
  std::string old_password;
  std::string new_password;
  bool password_taken = false;  // the last change was, and its fields are empty
  SecondFactorViewState second_factor;
  AttentionViewState attention;
  LanguageViewState language;
};

void draw_settings(const SettingsProps& props, SettingsViewState& state, ui::FrameContext& f,
                   Actions& actions);

}  // namespace wardroom::client::views
