#pragma once

#include "server/commands/group_batch.hpp"
#include "server/commands/services.hpp"

namespace wardroom::commands {

// Takes away what was uploaded and posted nowhere in its time, by the trusted clock: once an hour. Any
// thread.
void submit_unposted_ends(Services& services, GroupBatch& batch);

}  // namespace wardroom::commands
