#pragma once

#include <string>

#include "common/base/strong.hpp"

namespace wardroom::client {

enum class PresenceMark { online, away, busy, offline };

// A person as lists show them. `note` is the quiet second line: a role, a status text, or nothing.
struct PersonProps {
  UserId id;
  std::string name;  // the sign-in name, without @
  std::string display_name;
  std::string note;
  PresenceMark presence = PresenceMark::offline;
  bool is_self = false;
};

}  // namespace wardroom::client
