#pragma once

#include <string>
#include <vector>

#include "client/model/props/second_factor.hpp"
#include "common/desk/model/props/sign_in.hpp"

namespace wardroom::client {

// introduce: no server is known yet. make_account: an invite with a token was accepted by the server.
// sign_in: the server is known and its key matches. new_password, second_factor: signed in, and the office
// wants this before anything else.
enum class WelcomeStep { introduce, make_account, sign_in, new_password, second_factor };

using WelcomeField = desk::SignInField;

// A server that answered on the local network. Anybody there can answer: choosing it fills in its address,
// and its key is compared with what the person types, as that of any other.
struct FoundServer {
  std::string name;
  std::string address;  // "office.example:7443"
  std::string words;    // the beginning of the key that it says it has
};
enum class LookingForServers { not_yet, running, over };

// The first start, and every start without a session.
struct WelcomeProps : desk::SignInForm {
  WelcomeStep step = WelcomeStep::introduce;
  std::string office;            // the office's name, when the server has told it
  std::string link;              // pre-fills the link field, for example from the command line
  bool name_is_fixed = false;    // the invite names the person
  bool checking_invite = false;  // nobody waits for it: the form can be filled in meanwhile
  // The key that the server showed isn't the one of the link. Nothing but the handshake was sent.
  bool pin_mismatch = false;
  std::string expected_fingerprint;
  std::string seen_fingerprint;
  SecondFactorProps second_factor;
  LookingForServers looking = LookingForServers::not_yet;
  std::vector<FoundServer> found;
  bool found_more = false;    // others answered that aren't in the list
  std::string looking_error;  // why nobody could be asked
};

}  // namespace wardroom::client
