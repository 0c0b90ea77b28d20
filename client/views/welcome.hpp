#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/welcome.hpp"
#include "client/views/second_factor.hpp"
#include "common/desk/views/sign_in.hpp"

namespace wardroom::client::views {

struct WelcomeViewState : desk::views::SignInFields {
  WelcomeStep step = WelcomeStep::introduce;
  std::string display_name;
  SecondFactorViewState second_factor;
  bool focus_after_choice = false;  // the fingerprint of the server that was chosen comes next
};

// First start and sign-in, over the whole window.
void draw_welcome(const WelcomeProps& props, WelcomeViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
