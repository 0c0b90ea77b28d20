#pragma once

#include <string>

namespace wardroom::admin {

// The last two are duties that the office has laid on the person; nothing else is possible before.
enum class SignInStep { introduce, sign_in, new_password, second_factor };
enum class SignInField { none, link, address, fingerprint, name, password, code, new_password };

// Every start without a session.
struct SignInProps {
  SignInStep step = SignInStep::introduce;
  std::string server;       // "office.example:7443"; empty until known
  std::string address;      // pre-fills the address field, for example from the command line
  std::string name;         // pre-fills the name field
  bool needs_code = false;  // the server asks for the second factor
  bool busy = false;
  std::string progress;
  std::string error;
  SignInField error_field = SignInField::none;
};

}  // namespace wardroom::admin
