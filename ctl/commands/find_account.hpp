#pragma once

#include <string>

#include "ctl/commands/client.hpp"

namespace wardroom::ctl {

// The account of that name, for an administrator.
Result<protocol::Account> find_account(link::BlockingClient& client, const std::string& name);

// A role by its name on the wire; nothing when none was given.
Result<std::optional<protocol::Role>> parse_role(const std::string& text);

}  // namespace wardroom::ctl
