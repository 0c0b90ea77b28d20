#include "common/evidence/time_check.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::evidence;

namespace {

struct Times {
  TimeCheck check;
  LogReport report;
  std::int64_t idx = 0;

  void meet(const std::string& minute, const std::string& type = "auth.login_ok") {
    check.meet(idx++, "2026-11-20T09:" + minute + ":00.000Z", type, report);
  }
};

}  // namespace

TEST_CASE("records whose times don't fall are in order, several of one moment too") {
  Times times;
  for (const auto* minute : {"01", "02", "02", "30"}) times.meet(minute);
  times.check.report(times.report);
  CHECK(times.report.is_sound());
  CHECK(times.report.confirmed.empty());
}

TEST_CASE("a record that is earlier than the one before it is found, with its place and both times") {
  Times times;
  for (const auto* minute : {"01", "20", "10", "11"}) times.meet(minute);
  REQUIRE(times.report.wrong == 1);
  CHECK(times.report.findings[0].find("Record 2") != std::string::npos);
  CHECK(times.report.findings[0].find("09:10:00.000Z after 2026-11-20T09:20:00.000Z") != std::string::npos);
}

TEST_CASE("time goes back only at a record that says that the clock was set, and the place is named") {
  for (const auto* type : {"server.clock_jump", "server.clock_confirmed"}) {
    Times times;
    times.meet("20");
    times.meet("10", type);
    times.meet("11");
    times.check.report(times.report);
    CHECK(times.report.is_sound());
    REQUIRE(times.report.confirmed.size() == 1);
    CHECK(times.report.confirmed[0].find("set back at record 1") != std::string::npos);
  }
  // Neither one before nor one after it explains the fall.
  Times times;
  times.meet("20", "server.clock_jump");
  times.meet("10");
  times.meet("11", "server.clock_jump");
  CHECK(times.report.wrong == 1);
}

TEST_CASE("a time that falls where records were pruned isn't wrong, and isn't proven either") {
  Times times;
  times.meet("20");
  times.check.skip();
  times.meet("10");
  CHECK(times.report.is_sound());
  CHECK(times.report.unproven == 1);
  // Only there: a gap excuses nothing behind it, and a clock that goes on needs no excuse.
  times.meet("05");
  CHECK(times.report.wrong == 1);
  times.check.skip();
  times.meet("06");
  CHECK(times.report.unproven == 1);
}
