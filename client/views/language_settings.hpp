#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/dialogs.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct LanguageViewState {
  std::string own_words;
};

// In which language the window is, in which the person writes, and the words of their own.
void draw_language(const SettingsProps& props, LanguageViewState& state, ui::FrameContext& f,
                   Actions& actions);

}  // namespace wardroom::client::views
