#pragma once

#include "server/commands/call.hpp"
#include "server/commands/services.hpp"

// Refused calls that stand in the log.
namespace wardroom::commands {

// Writes access.denied when the call was refused for what the person is: lack of a right, of rank, or of a
// place in the room. A refusal for the state of things, such as a locked room, is none. Nobody waits for it.
// Any thread.
void record_denial(Services& services, const Call& call, std::string_view method, const Error& refusal);

}  // namespace wardroom::commands
