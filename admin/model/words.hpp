#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "admin/model/props/people.hpp"
#include "common/base/clock.hpp"
#include "protocol/types.hpp"

// Numbers, times and roles as a person reads them.
namespace wardroom::admin {

// "128,402"
std::string grouped(std::int64_t number);
// "1 device", "1,204 devices"
std::string counted(std::int64_t number, std::string_view noun);
// "today 09:14", "yesterday 17:21", "3 March", "3 March 2025": on this PC's calendar.
std::string past_text(TimePoint t, TimePoint now, std::chrono::minutes utc_offset);
// "27 November 2026, 09:14"
std::string moment_text(TimePoint t, std::chrono::minutes utc_offset);
// "19 Nov 09:14:06.812" of "2026-11-19T09:14:06.812Z"; with the year when it isn't `now`'s.
std::string record_time_text(std::string_view rfc3339, TimePoint now);

RoleChoice role_choice(protocol::Role role);
protocol::Role role_of(RoleChoice choice);
std::string_view role_title(protocol::Role role);  // "administrator"

}  // namespace wardroom::admin
