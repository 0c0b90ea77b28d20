#pragma once

#include <string>

#include "common/desk/model/props/sign_in.hpp"

namespace wardroom::admin {

// The last two are duties that the office has laid on the person; nothing else is possible before.
enum class SignInStep { introduce, sign_in, new_password, second_factor };
using desk::SignInField;

// Every start without a session.
struct SignInProps : desk::SignInForm {
  SignInStep step = SignInStep::introduce;
  std::string address;  // pre-fills the address field, for example from the command line
};

}  // namespace wardroom::admin
