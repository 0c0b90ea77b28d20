#pragma once

#include <string>

namespace wardroom::client {

// introduce: no server is known yet. make_account: an invite with a token was accepted by the server.
// sign_in: the server is known and its key matches.
enum class WelcomeStep { introduce, make_account, sign_in };

enum class WelcomeField { none, link, address, fingerprint, name, display_name, password };

// The first start, and every start without a session.
struct WelcomeProps {
  WelcomeStep step = WelcomeStep::introduce;
  std::string server;          // "office.example:7443"; empty until known
  std::string office;          // the office's name, when the server has told it
  std::string link;            // pre-fills the link field, for example from the command line
  std::string name;            // pre-fills the name field: the invite's, or the last that signed in
  bool name_is_fixed = false;  // the invite names the person
  bool busy = false;
  std::string progress;  // what is being done while busy: "Connecting to office.example…"
  std::string error;     // a sentence that says what to do
  WelcomeField error_field = WelcomeField::none;  // none: shown above the form
  // The key that the server showed isn't the one of the link. Nothing but the handshake was sent.
  bool pin_mismatch = false;
  std::string expected_fingerprint;
  std::string seen_fingerprint;
};

}  // namespace wardroom::client
