#pragma once

namespace wardroom::commands {

struct Services;
class GroupBatch;

// Ends the sessions whose time is over, each with its record, and closes their connections. Call once a
// minute. Any thread.
void submit_expiry(Services& services, GroupBatch& batch);

}  // namespace wardroom::commands
