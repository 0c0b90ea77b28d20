#pragma once

#include "server/commands/context.hpp"

namespace wardroom::commands {

inline constexpr std::chrono::seconds kDefaultInviteLifetime = std::chrono::days{7};

struct IssuedInvite {
  InviteId id;
  Secret link;
  TimePoint expires_at;
};

// Makes a one-use invite within the transaction, with its audit record. An earlier invite for the same person
// is void.
IssuedInvite issue_invite(WriteContext& context, std::optional<UserId> user, protocol::Role role,
                          std::chrono::seconds lifetime);

}  // namespace wardroom::commands
