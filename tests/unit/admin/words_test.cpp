#include "admin/model/words.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::admin;
using namespace std::chrono_literals;

TEST_CASE("numbers are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1284020) == "1,284,020");
  CHECK(grouped(-100) == "-100");
}

TEST_CASE("what was recently is told by the clock, what was long ago by the date, on the PC's calendar") {
  const TimePoint now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 9h + 14min;
  CHECK(past_text(now - 1min, now, 0min) == "today 09:13");
  CHECK(past_text(now - 10h, now, 0min) == "yesterday 23:14");
  CHECK(past_text(now - 10h, now, 60min) == "today 00:14");
  CHECK(past_text(now - 240h, now, 0min) == "10 November");
  CHECK(past_text(now - 24h * 365, now, 0min) == "20 November 2025");
  CHECK(moment_text(now, 120min) == "20 November 2026, 11:14");
}

TEST_CASE("a record's time keeps its milliseconds, and an odd one is shown as it stands") {
  const TimePoint now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};
  CHECK(record_time_text("2026-11-19T09:14:06.812Z", now) == "19 Nov 09:14:06.812");
  CHECK(record_time_text("2025-01-02T09:14:06.812Z", now) == "2 Jan 2025 09:14:06");
  CHECK(record_time_text("soon", now) == "soon");
}
