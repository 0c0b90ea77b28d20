#pragma once

#include <string_view>

#include "admin/model/props/people.hpp"
#include "common/desk/model/words.hpp"
#include "protocol/types.hpp"

// Roles as a person reads them, beside the numbers and times of the desk.
namespace wardroom::admin {

using desk::counted;
using desk::grouped;
using desk::record_time_text;

RoleChoice role_choice(protocol::Role role);
protocol::Role role_of(RoleChoice choice);
std::string_view role_title(protocol::Role role);  // "administrator"

}  // namespace wardroom::admin
