#pragma once

#include <string_view>

#include <spdlog/spdlog.h>

namespace wardroom {

// Logging is spdlog's: spdlog::info("store.checkpoint pages={}", pages). The form of every line is
// `event key=value …`, never the text of a message, never a secret.
enum class LogLevel { debug, info, warn, error };

// One line an event on standard error, time first in RFC 3339 UTC; where that is systemd's journal, each
// line's priority instead. Call once, before threads start.
void init_log(LogLevel least);
// From now on, of an initialised log. Any thread.
void set_log_level(LogLevel least);

// What stands before a line of its own that says why a program ends: the priority of an error, where standard
// error is the journal.
std::string_view error_prefix();

}  // namespace wardroom
