#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/desk/model/time_zone.hpp"

// Numbers, times and days as a person reads them.
namespace wardroom::desk {

// "128,402"
std::string grouped(std::int64_t number);
// "1 device", "1,204 devices"
std::string counted(std::int64_t number, std::string_view noun);

// "16:42"
std::string clock_text(const TimeZone& zone, TimePoint t);
// "Thursday, 19 November"; with the year when it isn't `now`'s.
std::string day_text(const TimeZone& zone, TimePoint t, TimePoint now);
// "November", and "November 2026".
std::string month_name(std::chrono::month month);
std::string month_text(std::chrono::year_month month);
// Something that was: "today 09:14", "yesterday 17:21", "3 March", "3 March 2025".
std::string past_text(const TimeZone& zone, TimePoint t, TimePoint now);
// Something to come: "16:40", with its day when that isn't today: "16:40 on Friday, 27 November".
std::string coming_text(const TimeZone& zone, TimePoint t, TimePoint now);
// "27 November 2026, 09:14"
std::string moment_text(const TimeZone& zone, TimePoint t);
// "Thursday, 19 November 2026, 16:42:07"
std::string full_text(const TimeZone& zone, TimePoint t);
// "UTC", "UTC+1", "UTC-3:30": what holds then.
std::string zone_text(const TimeZone& zone, TimePoint t);
// A record's own time, which is UTC: "19 Nov 09:14:06.812" of "2026-11-19T09:14:06.812Z"; with the year when
// it isn't `now`'s.
std::string record_time_text(std::string_view rfc3339, TimePoint now);
// The same moment on the person's own clock.
std::string local_record_time(const TimeZone& zone, std::string_view rfc3339, TimePoint now);
// For whom an hour isn't enough: "Thursday, 19 November 2026, 16:42:07 (UTC+1) · 15:42:07 UTC".
std::string both_zones_text(const TimeZone& zone, TimePoint t);

}  // namespace wardroom::desk
