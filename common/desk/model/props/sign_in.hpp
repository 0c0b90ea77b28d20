#pragma once

#include <string>

#include "common/base/secret.hpp"

namespace wardroom::desk {

enum class SignInField { none, link, address, fingerprint, name, display_name, password, code, new_password };

// What the sign-in of either program shows: the server, who signs in, and what came of it so far.
struct SignInForm {
  std::string server;       // "office.example:7443"; empty until known
  std::string name;         // pre-fills the name field
  bool needs_code = false;  // the server asks for the second factor
  bool busy = false;
  std::string progress;  // what is being done while busy: "Connecting to office.example…"
  std::string error;     // a sentence that says what to do
  SignInField error_field = SignInField::none;  // none: shown above the form
};

// What a person does about it, and about the session that comes of it.
struct UseInviteLink {
  std::string link;
};
struct UseAddress {
  std::string address;
  std::string fingerprint;
};
struct SignIn {
  std::string name;
  Secret password;
  Secret code;  // second factor; empty: not asked for yet
};
struct ChooseOtherServer {};  // back to the first step
struct SignOut {};
struct RetryConnection {};

}  // namespace wardroom::desk
