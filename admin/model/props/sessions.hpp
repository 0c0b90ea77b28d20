#pragma once

#include <string>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::admin {

struct SessionRow {
  SessionId id;
  UserId person;
  std::string person_name;
  std::string device;
  std::string client;
  std::string from;
  std::string since;      // "3 March"
  std::string last_used;  // "today 09:14"
  std::string expires;    // "27 November 2026, 09:14"
  bool connected = false;
  bool current = false;  // this console's own
};

struct SessionsProps {
  std::vector<SessionRow> rows;  // last used first
  std::string summary;           // "312 sessions", "of Jonas Berg"
  std::string person;            // whose are shown; empty: everybody's
  bool loading = false;
  bool more = false;
  std::string error;
  std::string filter_error;  // nobody has the typed name
  SessionId selected;
};

}  // namespace wardroom::admin
