#pragma once

#include "ctl/irc_log/line.hpp"

// When a line was written, in the forms that programs write.
namespace wardroom::irc_log {

// "2007-01-12"; nothing for what isn't a day of the calendar.
std::optional<std::chrono::sys_days> parse_day(std::string_view text);

// Takes the time off the front of a line: "[03:21]", "[03:21:59]", "03:21 ", "2007-01-12 03:21:59" also with
// fractions and Z, "Jan 12 03:21:59". Fills what it says into `line`; leaves the rest.
void take_stamp(std::string_view& text, Line& line);

// "Fri Jan 12 09:12:33 2007" or "Fri Jan 12 2007", as "--- Log opened" and its like have it (English month
// names).
void read_long_date(std::string_view text, Line& line);

}  // namespace wardroom::irc_log
