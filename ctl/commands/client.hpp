#pragma once

#include <memory>
#include <string>

#include "common/link/blocking_client.hpp"
#include "ctl/commands/context.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::ctl {

using Client = std::unique_ptr<link::BlockingClient>;

// Signed in with the profile's token, and with an audit log that goes with what this account saw of it before
// (witness.hpp).
Result<Client> connect(const Context& context);

// The same without looking at the log: for what deals with an alarm.
struct Session {
  Client client;
  Digest ca_pin{};
  std::string place;  // HOST:PORT
};
Result<Session> connect_unwatched(const Context& context);

// How this machine appears in the list of a person's devices, with the key by which a server knows it again.
protocol::Device this_device(const Context& context);

// One line of standard input; on a terminal, unless it is to come from there, `what` is asked for and not
// shown.
Result<Secret> read_secret(const Context& context, bool from_stdin, const std::string& what);
inline Result<Secret> read_password(const Context& context, bool from_stdin) {
  return read_secret(context, from_stdin, "Password");
}

// Keeps the token and tells the person (or the program) who is signed in where.
Result<void> keep_session(const Context& context, const protocol::Introduction& introduction,
                          const protocol::SignedIn& signed_in);

}  // namespace wardroom::ctl
