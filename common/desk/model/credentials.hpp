#pragma once

#include "common/base/secret.hpp"
#include "protocol/introduction.hpp"
#include "protocol/types.hpp"

namespace wardroom::desk {

// Signs a person in without asking; outlives the program.
struct Credentials {
  protocol::Introduction server;
  Secret token;  // empty: signed out; the rest pre-fills the sign-in
  protocol::User user;
};

}  // namespace wardroom::desk
