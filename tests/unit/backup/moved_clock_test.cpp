#include <cmath>
#include <functional>
#include <optional>
#include <sodium.h>
#include <thread>

#include <catch2/catch.hpp>

#include "server/app/appliance.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/house_commands.hpp"
#include "server/app/initialise.hpp"
#include "server/app/loss.hpp"
#include "server/app/office_hosts.hpp"
#include "server/ops/backup.hpp"
#include "server/ops/certificates.hpp"
#include "server/store/database.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"
#include "tests/harness/temp_dir.hpp"

// Somebody moves the machine's clock while no server runs, and works from a shell meanwhile.
using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;

namespace {

struct StoppedHouse {
  StoppedHouse() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    dir = *ops::open_data_dir(temp.path() / "data");
    run_once();
  }
  void run_once() {
    auto appliance = app::Appliance::start(dir, options, clock);
    INFO((appliance ? "" : appliance.error().message));
    REQUIRE(appliance);
    (*appliance)->stop();
  }
  // Until the housekeeper has had its first second, in which sessions are ended and rules applied; what that
  // asked for is done by the end of the stop. The files are measured after it.
  void run_first_second() {
    auto appliance = app::Appliance::start(dir, options, clock);
    INFO((appliance ? "" : appliance.error().message));
    REQUIRE(appliance);
    wait_until([&] { return figure("database_bytes").value() > 0; });
    (*appliance)->stop();
  }
  // Of the running server; nothing before it has measured that.
  std::optional<double> figure(const std::string& name) {
    const auto metrics = app::ask_server(dir, {.act = app::LocalQuestion::Act::metrics});
    REQUIRE(metrics);
    const std::string before = "\nwardroom_" + name + " ";
    const auto at = metrics->text.find(before);
    if (at == std::string::npos) return std::nullopt;
    return std::stod(metrics->text.substr(at + before.size(), 40));
  }
  void wait_until(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!done()) {
      REQUIRE(std::chrono::steady_clock::now() < deadline);
      std::this_thread::sleep_for(20ms);
    }
  }
  TimePoint newest_record() {
    return (*store::open_database(dir.database()))
        ->find<TimePoint>("SELECT at FROM audit_records ORDER BY idx DESC LIMIT 1")
        .value_or(TimePoint{});
  }
  std::int64_t records(const std::string& type) {
    return (*store::open_database(dir.database()))
        ->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = ?", type)
        .value_or(-1);
  }
  std::int64_t jumps() { return records("server.clock_jump"); }

  TempDir temp;
  FakeClock clock;
  app::Options options;
  ops::DataDir dir;
};

}  // namespace

TEST_CASE("a clock that was ahead while a backup was made leaves its two jumps, and no later time") {
  StoppedHouse house;
  house.clock.advance(1min);
  house.clock.move_wall(2h);
  const auto backup = app::back_up_offline(house.dir, house.temp.path() / "backup", house.clock);
  INFO((backup ? "" : backup.error().message));
  REQUIRE(backup);
  CHECK(house.jumps() == 1);
  CHECK(house.newest_record() == house.clock.now());
  house.clock.move_wall(-2h);
  house.clock.advance(1min);
  house.run_once();
  CHECK(house.jumps() == 2);
  CHECK(house.newest_record() == house.clock.now());
}

TEST_CASE("so does one that was ahead while a loss was accepted") {
  StoppedHouse house;
  const auto older = house.temp.path() / "older.db";
  std::filesystem::copy_file(house.dir.database(), older);
  house.run_once();
  std::filesystem::copy_file(older, house.dir.database(), std::filesystem::copy_options::overwrite_existing);
  house.clock.move_wall(2h);
  REQUIRE(app::accept_loss(house.dir, "the disk", house.clock));
  CHECK(house.jumps() == 1);
  house.clock.move_wall(-2h);
  house.clock.advance(1min);
  house.run_once();
  CHECK(house.jumps() == 2);
  CHECK(house.newest_record() == house.clock.now());
}

TEST_CASE("so does one that was ahead while a backup was restored") {
  StoppedHouse house;
  const auto backup = house.temp.path() / "backup";
  REQUIRE(app::back_up_offline(house.dir, backup, house.clock));
  house.clock.advance(5min);
  house.clock.move_wall(2h);
  const auto again = house.temp.path() / "again";
  const auto restored = ops::restore_backup(backup, again, "rehearsal", house.clock);
  INFO((restored ? "" : restored.error().message));
  REQUIRE(restored);
  house.dir = *ops::open_data_dir(again);
  CHECK(house.jumps() == 1);
  CHECK(house.newest_record() == house.clock.now());
  house.clock.move_wall(-2h);
  house.clock.advance(1min);
  house.run_once();
  CHECK(house.jumps() == 2);
  CHECK(house.newest_record() == house.clock.now());
}

TEST_CASE("a host that is added while the clock is ahead gets a certificate that holds now") {
  StoppedHouse house;
  const TimePoint before = house.clock.now();
  house.clock.move_wall(61 * 24h);
  REQUIRE(app::run_hosts_add({house.dir.root.string(), "chat.example"}, house.clock) == 0);
  const auto info = ops::load_certificate_info(house.dir.server_certificate());
  REQUIRE(info);
  CHECK(info->not_before <= before);
  CHECK(ops::check_served_name(house.dir, "chat.example"));
}

TEST_CASE("a restart with the clock elsewhere ends nothing that is stored") {
  StoppedHouse house;
  {
    auto db = *store::open_database(house.dir.database());
    const auto ada =
        store::insert_user(*db, {"ada", "Ada", protocol::Role::member, {}, false}, house.clock.now());
    REQUIRE(ada);
    store::insert_session(*db, {*ada, Digest{}, "PC", "test 1", "192.0.2.1", house.clock.now() + 30 * 24h},
                          house.clock.now());
    REQUIRE_FALSE(db->failure());
  }
  const auto count = [&](sqlite::Sql sql) {
    auto db = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_only);
    REQUIRE(db);
    return (*db)->find<std::int64_t>(sql).value_or(-1);
  };
  for (const auto by : {3 * 8766h, -6 * 8766h, 3 * 8766h}) {
    INFO(by.count() << " h");
    house.clock.move_wall(by);
    const auto jumps = house.jumps();
    house.run_first_second();
    CHECK(house.jumps() == jumps + 1);
    CHECK(count("SELECT count(*) FROM sessions WHERE revoked_at IS NULL") == 1);
    CHECK(count("SELECT count(*) FROM audit_records WHERE type = 'session.expired'") == 0);
  }
  // Its own time ends it.
  house.clock.advance(31 * 24h);
  REQUIRE(app::confirm_clock_offline(house.dir, "a month passed", house.clock));
  house.run_first_second();
  CHECK(count("SELECT count(*) FROM audit_records WHERE type = 'session.expired'") == 1);
}

TEST_CASE(
    "an office that was off for months serves a certificate that holds as soon as the clock is believed") {
  StoppedHouse house;
  const auto end_of_file = [&] {
    return ops::load_certificate_info(house.dir.server_certificate())->not_after;
  };
  const TimePoint end = end_of_file();
  house.clock.advance(120 * 24h);
  auto appliance = app::Appliance::start(house.dir, house.options, house.clock);
  REQUIRE(appliance);
  // The look at the start is over: it renewed nothing by this clock.
  house.wait_until([&] { return house.figure("clock_doubt_seconds").value_or(0) > 0; });
  house.wait_until([&] { return house.figure("database_bytes").value_or(0) > 0; });
  std::this_thread::sleep_for(1500ms);
  CHECK(end_of_file() == end);
  const auto confirmed = app::ask_server(
      house.dir, {.act = app::LocalQuestion::Act::clock_confirmed, .reason = "off over the summer"});
  REQUIRE(confirmed);
  house.wait_until([&] { return end_of_file() > house.clock.now(); });
  (*appliance)->stop();
}

TEST_CASE("a clock that is moved while the server runs renews no certificate, and puts no renewal off") {
  for (const auto by : {3 * 8766h, -3 * 8766h}) {
    INFO(by.count() << " h");
    StoppedHouse house;
    auto appliance = app::Appliance::start(house.dir, house.options, house.clock);
    REQUIRE(appliance);
    house.clock.advance(24h);
    const TimePoint made = house.clock.now();
    house.clock.move_wall(by);
    // Another certificate is served: once its end is in the figures, the housekeeper has looked at it.
    REQUIRE(ops::issue_certificate(house.dir, app::parsed_hosts(house.options.server.hosts), made));
    const auto end_of_file = [&] {
      return ops::load_certificate_info(house.dir.server_certificate())->not_after;
    };
    const TimePoint end = end_of_file();
    const auto shows = [&](TimePoint wanted, TimePoint now) {
      const double left = static_cast<double>((wanted - now).count()) / 1e3;
      const auto shown = house.figure("certificate_remaining_seconds");
      return shown && std::abs(*shown - left) < 1;
    };
    const auto reloaded = (*appliance)->reload();
    INFO((reloaded ? "" : reloaded.error().message));
    REQUIRE(reloaded);
    house.wait_until([&] { return shows(end, made); });
    CHECK(end_of_file() == end);

    // Sixty-one days later it has twenty-nine left.
    house.clock.advance(61 * 24h);
    const TimePoint later = made + 61 * 24h;
    REQUIRE((*appliance)->reload());
    house.wait_until([&] { return end_of_file() > end && shows(end_of_file(), later); });
    CHECK(ops::load_certificate_info(house.dir.server_certificate())->not_before <= later);
    (*appliance)->stop();
    CHECK(house.records("server.certificate_renewed") == 1);
  }
}
