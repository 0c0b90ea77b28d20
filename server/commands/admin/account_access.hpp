#pragma once

#include "server/commands/context.hpp"
#include "server/store/users.hpp"

// Taking away the ways into an account, within the transaction, each with its audit record.
namespace wardroom::commands {

Error no_such_account();
// Nobody but administrators can make an administrator: the last one who can sign in stays.
Error last_admin();
bool is_last_admin(WriteContext& context, const store::UserRow& row);

// Ends the person's sessions and closes their connections; returns how many there were. `why` stands in the
// audit records.
// `told`, a literal, is what the person reads.
std::int64_t end_sessions(WriteContext& context, const store::UserRow& row, std::string_view why,
                          std::string_view told);

// Withdraws the invites and codes that the person made for others; returns how many there were.
std::int64_t end_invites_by(WriteContext& context, const store::UserRow& row, std::string_view why);

struct Shut {
  std::int64_t sessions = 0;
  std::int64_t invites = 0;
};
// Disables the account and ends its sessions and invites.
Shut shut_account(WriteContext& context, const store::UserRow& row, std::string_view reason);

}  // namespace wardroom::commands
