#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/sign_in.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct SignInViewState {
  bool filled = false;
  bool focus_first = true;
  SignInStep step = SignInStep::introduce;
  std::size_t tab = 0;
  std::string link;
  std::string address;
  std::string fingerprint;
  std::string name;
  std::string password;
  std::string code;
  bool code_shown = false;
  std::string new_password, repeated;
};

void draw_sign_in(const SignInProps& props, SignInViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
