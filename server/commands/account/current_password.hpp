#pragma once

#include <functional>

#include "server/commands/context.hpp"

namespace wardroom::commands {

// Asks the signed-in caller for their password once more before something that a stolen session must not do.
struct PasswordQuestion {
  Secret password;
  audit::Type record;  // written with outcome `denied` when the password is wrong
  // On any thread: `forbidden` wrong_credentials, `rate_limited` after several wrong ones, `unavailable`.
  std::function<void(const Error&)> refuse;
  // On a hashing thread, when it is right.
  std::function<void()> proceed;
};

// On the peer's thread.
void ask_current_password(LiveContext& context, PasswordQuestion question);

// The cost at which the password of somebody of this role is to be hashed.
credentials::HashCost hash_cost_of(const Services& services, protocol::Role role);

}  // namespace wardroom::commands
