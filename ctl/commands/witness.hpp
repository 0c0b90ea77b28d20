#pragma once

#include "common/link/blocking_client.hpp"
#include "common/tlog/watch.hpp"
#include "ctl/commands/context.hpp"

// This account of this computer as a witness of the server's audit log.
namespace wardroom::ctl {

// What this account saw of servers' logs.
std::filesystem::path memory_file(const Context& context);

// Compares what the server shows with what this account saw, and keeps what is new. The alarm, if there is
// one, is in the watch; an error only when what was seen can't be kept.
enum class Vouching { yes, no };  // whether what is in order is cosigned by this account's own key
Result<tlog::Watch> watch_log(const Context& context, link::BlockingClient& client, const Digest& ca_pin,
                              Vouching vouching = Vouching::yes);

// An alarm ends the command before it did anything, with exit status 3.
Result<void> refuse_alarm(const tlog::Watch& watch);
// Both.
Result<void> check_watch(const Context& context, link::BlockingClient& client, const Digest& ca_pin);
Error log_alarm(std::string sentence);
bool is_alarm(const Error& error);

struct AuditAcceptHeadArguments {
  std::string reason;
};
// Settles the alarm on the person's word; the reason is kept with what was seen.
Result<void> audit_accept_head(const Context& context, const AuditAcceptHeadArguments& arguments);

}  // namespace wardroom::ctl
