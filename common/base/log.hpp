#pragma once

#include <spdlog/spdlog.h>

namespace wardroom {

// Logging is spdlog's: spdlog::info("store.checkpoint pages={}", pages). The form of every line is
// `event key=value …`, never the text of a message, never a secret.
enum class LogLevel { debug, info, warn, error };

// One line an event on standard error, time first in RFC 3339 UTC. Call once, before threads start.
void init_log(LogLevel least);

}  // namespace wardroom
