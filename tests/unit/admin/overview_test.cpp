#include "admin/model/overview.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace std::chrono_literals;
using protocol::AdminStats;
using protocol::Role;

namespace {

struct OverviewPage : Driver {
  OverviewPage() {
    come_online(Role::admin);
    REQUIRE(call<AdminStats>());
    answer<AdminStats>({}, sample(0));
    act(OpenPage{admin::Page::overview});
  }
  AdminStats::Result sample(std::int64_t requests) const {
    AdminStats::Result result;
    result.at = state.now;
    result.people_online = 12;
    result.requests_so_far = requests;
    return result;
  }
  bool asks_after(std::chrono::seconds wait) {
    tell(Tick{state.now + wait});
    return call<AdminStats>() != nullptr;
  }
  const PlotProps& plot(std::string_view title) {
    for (const auto& one : props().overview.plots)
      if (one.title == title) return one;
    FAIL(title);
    throw 0;
  }
};

}  // namespace

TEST_CASE("the overview asks every ten seconds, other pages every minute, and nobody but administrators") {
  OverviewPage page;
  REQUIRE(page.call<AdminStats>());
  page.answer<AdminStats>({}, page.sample(10));
  CHECK(next_tick(page.state) <= page.state.now + 10s);
  CHECK_FALSE(page.asks_after(9s));
  CHECK(page.asks_after(1s));
  CHECK_FALSE(page.asks_after(60s));  // not again before the answer
  page.answer<AdminStats>({}, page.sample(20));
  page.act(OpenPage{admin::Page::rooms});
  CHECK(page.asks_after(60s));
  Driver auditor;
  auditor.come_online(Role::auditor);
  CHECK_FALSE(auditor.call<AdminStats>());
}

TEST_CASE("numbers that grow become rates, and a server that was started again begins a new line") {
  OverviewPage page;
  page.tell(Tick{page.state.now + 10s});
  page.answer<AdminStats>({}, page.sample(50));
  CHECK(page.plot("Requests a second").value == "5");
  CHECK(page.plot("Requests a second").points.size() == 1);
  CHECK(page.plot("People online").points.size() == 2);
  CHECK(page.plot("People online").top == "20");
  page.tell(Tick{page.state.now + 10s});
  page.answer<AdminStats>({}, page.sample(3));
  CHECK(page.plot("People online").points.size() == 1);
  CHECK(page.plot("Requests a second").points.empty());
}

TEST_CASE(
    "acknowledgement is that of the changes since the sample before, as the server's buckets bound it") {
  OverviewPage page;
  const auto answer_with = [&](std::int64_t fast, std::int64_t slow, std::int64_t slowest) {
    page.tell(Tick{page.state.now + 10s});
    auto stats = page.sample(10);
    stats.acknowledged_so_far = {{1'000, fast}, {5'000, slow}, {std::nullopt, slowest}};
    page.answer<AdminStats>({}, stats);
  };
  const auto shown = [&] { return page.plot("99 % acknowledged within, ms").value; };
  answer_with(5'000, 400, 300);  // all since the first sample: the slow ones are many
  CHECK(shown() == "over 5");
  answer_with(5'099, 401, 300);
  CHECK(shown() == "1");
  answer_with(5'197, 403, 300);
  CHECK(shown() == "5");
  answer_with(5'197, 403, 300);  // nothing was changed
  CHECK(shown() == "0");
  CHECK(page.plot("99 % acknowledged within, ms").points.size() == 4);
}

TEST_CASE(
    "messages and failed sign-ins are counted by the minute, and the database is shown once it was "
    "measured") {
  OverviewPage page;
  CHECK(page.plot("Database, MiB").points.empty());
  page.tell(Tick{page.state.now + 10s});
  auto stats = page.sample(10);
  stats.sign_ins_failed_so_far = 2;
  stats.messages_so_far = 3;
  stats.database_bytes = 300 << 20;
  page.answer<AdminStats>({}, stats);
  CHECK(page.plot("Failed sign-ins a minute").value == "12");
  CHECK(page.plot("Messages a minute").value == "18");
  CHECK(page.plot("Database, MiB").value == "300");
  CHECK(page.plot("Database, MiB").points.size() == 1);
}

TEST_CASE("alarms are counted beside the page's name wherever one is, and stand first on it") {
  OverviewPage page;
  auto bad = page.sample(10);
  bad.alarms = {{"disk_full", true, "The disk is full."}, {"backup_old", false, "The backup is old."}};
  page.answer<AdminStats>({}, bad);
  REQUIRE(page.props().overview.alarms.size() == 2);
  CHECK(page.props().overview.alarms[0].urgent);
  page.act(OpenPage{admin::Page::rooms});
  CHECK(page.props().overview.badge == "2");
  page.act(OpenPage{admin::Page::overview});
  page.answer<AdminStats>({}, page.sample(20));
  CHECK(page.props().overview.badge.empty());
  CHECK(page.props().overview.alarms.empty());
}

TEST_CASE("an answer that doesn't come leaves what was known, with the reason") {
  OverviewPage page;
  page.answer<AdminStats>({}, make_error(ErrorCode::unavailable, "The server counts nothing."));
  CHECK(page.props().overview.error == "The server counts nothing.");
  CHECK_FALSE(page.props().overview.plots.empty());
}
