#pragma once

#include "common/base/secret.hpp"
#include "protocol/introduction.hpp"
#include "protocol/types.hpp"

namespace wardroom::protocol {

// Signs a person in without asking; outlives the program in a file that only the person's account can read.
struct Credentials {
  Introduction server;
  Secret token;  // empty: signed out; the rest pre-fills the sign-in
  User user;
};

}  // namespace wardroom::protocol
