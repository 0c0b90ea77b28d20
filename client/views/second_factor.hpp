#pragma once

#include <optional>
#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/second_factor.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SecondFactorViewState {
  std::string password;
  std::string code;
  std::optional<FactorStage> seen;  // what was typed for one stage isn't kept for the next
};

// The second factor from off to on and back: in the settings, and over the window where the office requires
// it.
void draw_second_factor(const SecondFactorProps& props, SecondFactorViewState& state, ui::FrameContext& f,
                        Actions& actions);

}  // namespace wardroom::client::views
