#pragma once

#include <string>

#include "ctl/commands/client.hpp"

// Exactly the person who was named, or an error that names those nearest: case and an @ in front don't count,
// everything else does, on whichever page of the directory somebody stands. A display name isn't enough:
// anybody may choose any.
namespace wardroom::ctl {

// Somebody in the directory.
Result<protocol::User> find_person(link::BlockingClient& client, const std::string& typed);

// Any account, for an administrator: also one that is disabled, or an imported author ("irc:Nick").
Result<protocol::Account> find_account(link::BlockingClient& client, const std::string& typed);

// A role by its name on the wire; nothing when none was given.
Result<std::optional<protocol::Role>> parse_role(const std::string& text);

}  // namespace wardroom::ctl
