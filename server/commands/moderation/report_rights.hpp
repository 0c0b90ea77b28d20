#pragma once

#include "server/commands/context.hpp"
#include "server/domain/rights.hpp"
#include "server/store/reports.hpp"

// Who sees which reports. Moderators of the office and auditors see all of them, a room's moderators those of
// their rooms. Nobody but an administrator sees reports of their own messages: who reported is protected from
// who was reported.
namespace wardroom::commands {

store::ReportScope scope_of(const realtime::Caller& caller);

// Whether the caller may decide over this report. `not_found` when they may not even see it, `forbidden`
// not_a_moderator when they only read.
Result<void> authorize_resolving(WriteContext& context, const store::ReportRow& report);

// Who is told that a report waits: everybody who may resolve it but who made it.
std::vector<UserId> load_resolvers(WriteContext& context, const store::ReportRow& report);

}  // namespace wardroom::commands
