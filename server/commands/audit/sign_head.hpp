#pragma once

namespace wardroom::commands {

struct Services;
class GroupBatch;

// Signs a head if the log has grown since the last one, and shows it to those who read the log. Call every
// second, and before the writer stops. Any thread.
void submit_sign_head(Services& services, GroupBatch& batch);

}  // namespace wardroom::commands
