#pragma once

#include <string>

#include "server/audit/catalogue.hpp"
#include "server/commands/context.hpp"

namespace wardroom::commands {

// A record of a reading that speaks for the next ones like it.
struct RecordSearch {
  audit::Type type;
  const realtime::Caller& caller;
  std::string part;  // of its line, as JSON
  TimePoint now;
  std::chrono::minutes speaks_for;
};

// Whether the caller's session has such a record in the log, made a short while ago.
bool is_recorded(sqlite::Connection& db, const RecordSearch& search);

}  // namespace wardroom::commands
