#include "common/desk/model/words.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::desk;
using namespace std::chrono_literals;

namespace {

TimeZone zone_at(std::chrono::minutes offset) {
  return {{{TimePoint{}, offset}}};
}

}  // namespace

TEST_CASE("numbers are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1284020) == "1,284,020");
  CHECK(grouped(-100) == "-100");
  CHECK(counted(1, "device") == "1 device");
  CHECK(counted(1204, "device") == "1,204 devices");
}

TEST_CASE("what was recently is told by the clock, what was long ago by the date, on the PC's calendar") {
  const TimePoint now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 9h + 14min;
  CHECK(past_text({}, now - 1min, now) == "today 09:13");
  CHECK(past_text({}, now - 10h, now) == "yesterday 23:14");
  CHECK(past_text(zone_at(60min), now - 10h, now) == "today 00:14");
  CHECK(past_text({}, now - 240h, now) == "10 November");
  CHECK(past_text({}, now - 24h * 365, now) == "20 November 2025");
  CHECK(moment_text(zone_at(120min), now) == "20 November 2026, 11:14");
}

TEST_CASE("a zone is told by its distance from UTC") {
  CHECK(zone_text({}, TimePoint{}) == "UTC");
  CHECK(zone_text(zone_at(60min), TimePoint{}) == "UTC+1");
  CHECK(zone_text(zone_at(345min), TimePoint{}) == "UTC+5:45");
  CHECK(zone_text(zone_at(-210min), TimePoint{}) == "UTC-3:30");
}

TEST_CASE("what is to come is told by the clock, with its day unless that is today") {
  const TimePoint now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 9h + 14min;
  CHECK(coming_text({}, now + 1h, now) == "10:14");
  CHECK(coming_text({}, now + 24h * 7, now) == "09:14 on Friday, 27 November");
  CHECK(coming_text({}, now + 24h * 60, now) == "09:14 on Tuesday, 19 January 2027");
}

TEST_CASE("a record's time keeps its milliseconds, and an odd one is shown as it stands") {
  const TimePoint now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};
  CHECK(record_time_text("2026-11-19T09:14:06.812Z", now) == "19 Nov 09:14:06.812");
  CHECK(record_time_text("2025-01-02T09:14:06.812Z", now) == "2 Jan 2025 09:14:06");
  CHECK(record_time_text("soon", now) == "soon");
}

TEST_CASE("a day begins when the clock on the wall says midnight, also on the day that the clocks change") {
  using namespace std::chrono;
  const sys_days changed = year{2026} / 10 / 25;
  const TimePoint back = TimePoint{changed} + 1h;  // 03:00 becomes 02:00
  const TimeZone zone{{{TimePoint{}, 120min}, {back, 60min}}};
  CHECK(start_of_day(zone, changed) == TimePoint{changed} - 2h);
  CHECK(start_of_day(zone, changed + days{1}) == TimePoint{changed} + 23h);
  CHECK(local_day(zone, start_of_day(zone, changed)) == changed);
  // A zone whose clocks change between its midnight and that of UTC.
  const TimeZone east{{{TimePoint{}, 780min}, {TimePoint{changed} - 6h, 840min}}};
  CHECK(start_of_day(east, changed) == TimePoint{changed} - 13h);
}

TEST_CASE("a record's time is shown on the person's own clock, and stays as it is where it can't be read") {
  const desk::TimeZone zone{{{from_unix_ms(0), std::chrono::minutes{90}}}};
  const TimePoint now = from_unix_ms(1795160000000);
  CHECK(desk::local_record_time(zone, "2026-11-19T23:14:06.812Z", now) == "20 Nov 00:44:06.812");
  CHECK(desk::local_record_time({}, "2026-11-19T23:14:06.812Z", now) == "19 Nov 23:14:06.812");
  CHECK(desk::local_record_time(zone, "yesterday", now) == "yesterday");
}
