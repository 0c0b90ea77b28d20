#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::admin {

// The order of the roles in every list of the console.
enum class RoleChoice { member, moderator, auditor, admin, guest };

struct PersonRow {
  enum class State { active, invited, disabled };
  UserId id;
  std::string name;
  std::string display_name;
  std::string email;
  RoleChoice role = RoleChoice::member;
  State state = State::active;
  std::string last_seen;  // "today 09:14", "never"
  bool is_self = false;   // one can't disable oneself
};

enum class PeopleDialog { none, add, invite_link, disable, change_role };

struct PeopleFilter {
  std::string query;
  std::size_t role = 0;   // 0: any, then RoleChoice from 1
  std::size_t state = 0;  // 0: any, then active, disabled
  friend bool operator==(const PeopleFilter&, const PeopleFilter&) = default;
};

struct PeopleProps {
  std::vector<PersonRow> rows;
  std::string summary;  // "214 people, 6 disabled"
  PeopleFilter filter;
  bool may_change = false;  // an auditor only reads
  bool loading = false;
  bool more = false;  // further rows can be loaded
  std::string error;  // the list can't be shown: a sentence
  UserId selected;    // not set: nobody
  PeopleDialog dialog = PeopleDialog::none;
  bool dialog_busy = false;
  std::string dialog_error;
  std::string consequence;   // what disabling does, in numbers
  std::string invite_link;   // of the dialog invite_link
  std::string invite_for;    // "Jonas Berg"; empty: for anyone
  std::string invite_until;  // "27 November 2026, 09:14"
};

}  // namespace wardroom::admin
