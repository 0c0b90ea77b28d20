#pragma once

namespace wardroom::commands {

struct Services;

// Brings the index of texts nearer to the end of the log. Call every second. Any thread.
void submit_text_index(Services& services);

}  // namespace wardroom::commands
