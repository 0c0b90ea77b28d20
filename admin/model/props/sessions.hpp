#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"
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

// The columns of the list, as its titles stand.
enum class SessionsColumn { person, device, client, from, since, last_used, state };

struct SessionsProps {
  std::vector<SessionRow> rows;
  ListSort sort{};         // of the rows
  std::uint64_t list = 0;  // another number than before: another list, to be read from its top
  std::string summary;     // "312 sessions", "of Jonas Berg"
  std::string person;      // whose are shown; empty: everybody's
  bool loading = false;
  bool more = false;
  std::string error;
  std::string filter_error;  // nobody has the typed name
  SessionId selected;
};

}  // namespace wardroom::admin
