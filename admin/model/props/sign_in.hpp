#pragma once

#include <string>

namespace wardroom::admin {

enum class SignInStep { introduce, sign_in };
enum class SignInField { none, link, address, fingerprint, name, password };

// Every start without a session.
struct SignInProps {
  SignInStep step = SignInStep::introduce;
  std::string server;   // "office.example:7443"; empty until known
  std::string address;  // pre-fills the address field, for example from the command line
  std::string name;     // pre-fills the name field
  bool busy = false;
  std::string progress;
  std::string error;
  SignInField error_field = SignInField::none;
};

}  // namespace wardroom::admin
