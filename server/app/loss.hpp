#pragma once

#include <string>

#include "common/base/clock.hpp"
#include "server/ops/kept_head.hpp"

namespace wardroom::app {

// A person says that the office goes on with the log in wardroom.db although it doesn't extend the head in
// keys/newest-head: a record holds both heads, the log as it is is signed and kept in that file, and clients
// drop what the server no longer has. `conflict` when the two go together. The caller holds the directory's
// lock.
Result<ops::HeadMismatch> accept_loss(const ops::DataDir& dir, const std::string& reason,
                                      const Clock& machine);

}  // namespace wardroom::app
