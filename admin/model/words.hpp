#pragma once

#include <cstdint>
#include <string>
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

// "38.2", "38"
std::string short_number(double value);
// "41.2 MiB", "1.8 GiB"
std::string size_words(std::int64_t bytes);

}  // namespace wardroom::admin
