#pragma once

#include <string>

#include "client/model/props/second_factor.hpp"

namespace wardroom::client {

// introduce: no server is known yet. make_account: an invite with a token was accepted by the server.
// sign_in: the server is known and its key matches. new_password, second_factor: signed in, and the office
// wants this before anything else.
enum class WelcomeStep { introduce, make_account, sign_in, new_password, second_factor };

enum class WelcomeField {
  none,
  link,
  address,
  fingerprint,
  name,
  display_name,
  password,
  code,
  new_password
};

// The first start, and every start without a session.
struct WelcomeProps {
  WelcomeStep step = WelcomeStep::introduce;
  std::string server;          // "office.example:7443"; empty until known
  std::string office;          // the office's name, when the server has told it
  std::string link;            // pre-fills the link field, for example from the command line
  std::string name;            // pre-fills the name field: the invite's, or the last that signed in
  bool name_is_fixed = false;  // the invite names the person
  bool wants_code = false;     // the account has a second factor
  bool busy = false;
  std::string progress;  // what is being done while busy: "Connecting to office.example…"
  std::string error;     // a sentence that says what to do
  WelcomeField error_field = WelcomeField::none;  // none: shown above the form
  // The key that the server showed isn't the one of the link. Nothing but the handshake was sent.
  bool pin_mismatch = false;
  std::string expected_fingerprint;
  std::string seen_fingerprint;
  SecondFactorProps second_factor;
};

}  // namespace wardroom::client
