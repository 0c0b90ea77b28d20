#pragma once

#include <memory>
#include <string>

#include "common/link/blocking_client.hpp"
#include "ctl/commands/context.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::ctl {

using Client = std::unique_ptr<link::BlockingClient>;

// Signed in with the profile's token.
Result<Client> connect(const Context& context);

// How this machine appears in the list of a person's devices.
protocol::Device this_device();

// One line of standard input; on a terminal without --password-stdin it is asked for and not shown.
Result<Secret> read_password(const Context& context, bool from_stdin);

// Keeps the token and tells the person (or the program) who is signed in where.
Result<void> keep_session(const Context& context, const link::Introduction& introduction,
                          const protocol::SignedIn& signed_in);

}  // namespace wardroom::ctl
