#pragma once

#include <string>

#include "admin/model/actions.hpp"
#include "admin/model/props/sign_in.hpp"
#include "common/desk/views/sign_in.hpp"

namespace wardroom::admin::views {

struct SignInViewState : desk::views::SignInFields {
  SignInStep step = SignInStep::introduce;
  std::string repeated;  // the new password
};

void draw_sign_in(const SignInProps& props, SignInViewState& state, ui::FrameContext& f, Actions& actions);

}  // namespace wardroom::admin::views
