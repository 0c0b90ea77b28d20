#pragma once

#include <functional>
#include <vector>

#include "tests/unit/catalogue/stage.hpp"

namespace wardroom::testing {

// How one type of record comes about, and what its record must say.
struct Act {
  audit::Type type;
  std::function<void(Stage&)> perform;
  std::string actor;   // name; empty: the server, or nobody who is known
  std::string target;  // "user tom": type and name, the type alone where there is no name; empty: none
  bool in_room = false;
  std::string outcome = "success";
};

// Parameters of what wants a reason.
inline object because(object more = {}) {
  more["reason"] = "because";
  return more;
}

std::vector<Act> sign_in_acts();
std::vector<Act> people_acts();
std::vector<Act> room_acts();
std::vector<Act> message_acts();
std::vector<Act> keeping_acts();  // of the log, holds, retention, erasure, evidence
std::vector<Act> server_acts();   // of the server itself, over the office's database
std::vector<Act> all_acts();

// Types whose acts take a whole appliance: those of the list that appliance_test.cpp performs.
std::vector<audit::Type> types_of_appliance();

// Holds a record against its act and the fields that its type is documented with.
void check_record(const object& record, const Act& act);

}  // namespace wardroom::testing
