#pragma once

#include <vector>

#include "server/audit/record.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// Has the records written and waits until they are durable. Not on the writer's thread.
Result<void> append_and_wait(store::Writer& writer, std::vector<audit::Record> records);

}  // namespace wardroom::app
