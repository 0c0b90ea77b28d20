#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/welcome.hpp"
#include "client/views/second_factor.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct WelcomeViewState {
  bool filled = false;  // the props' link and name were taken over
  WelcomeStep step = WelcomeStep::introduce;
  bool focus_first = true;
  std::size_t tab = 0;  // 0: invite link, 1: address and fingerprint
  std::string link;
  std::string address;
  std::string fingerprint;
  std::string name;
  std::string display_name;
  std::string password;
  std::string code;
  std::string new_password;
  SecondFactorViewState second_factor;
  bool code_asked = false;  // the field was there in the frame before
};

// First start and sign-in, over the whole window.
void draw_welcome(const WelcomeProps& props, WelcomeViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::client::views
