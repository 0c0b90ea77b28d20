#pragma once

#include "client/model/turn.hpp"

// What the office decided for this PC, where it meets what the person does (desk/model/policy.hpp).
namespace wardroom::client {

// When the profile is there: what the office decided takes its place, and the office's server is looked at by
// whoever signs in for the first time.
void follow_policy(Turn& turn);

// Whether nobody is to sign in there. A server that may be is the one of the policy from then on, its key
// too. The sentence says why not; empty: they may.
std::string refuse_elsewhere(const desk::Policy& policy, desk::WantedServer& wanted);

// True, and the person was told so: files stay off this PC.
bool refuse_files(Turn& turn);

}  // namespace wardroom::client
