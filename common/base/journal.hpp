#pragma once

namespace wardroom {

// Whether standard error is systemd's journal, which takes each line's priority before it.
bool is_journal();

}  // namespace wardroom
