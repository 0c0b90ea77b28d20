#pragma once

#include <string>

#include "common/base/clock.hpp"
#include "server/ops/kept_head.hpp"

namespace wardroom::app {

// A person says that the office goes on without the records that keys/newest-head promises and wardroom.db
// lacks: a record says so, and clients drop what the server no longer has. `conflict` when nothing is
// missing. The caller holds the directory's lock.
Result<ops::Shortfall> accept_loss(const ops::DataDir& dir, const std::string& reason, const Clock& machine);

}  // namespace wardroom::app
