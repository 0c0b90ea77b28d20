#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "server/app/pages.hpp"
#include "server/app/watches.hpp"
#include "server/audit/last_check.hpp"
#include "tests/harness/office.hpp"

// The check of its own log and tables that a server does while people work.
using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kDay = 24 * 3600;

// An office at work, watched as by the housekeeper.
struct WatchedOffice {
  WatchedOffice() {
    office.record_person(bob.id);
    peer = office.connect();
    office.call(*peer, "session.resume", {{"token", bob.token}});
    room = office.call(*peer, "room.create", {{"name", "ops"}, {"kind", "public"}})["result"]
               .at("room")
               .at("id")
               .as_int64();
    post("the first");
    post("the second");
    options.audit.check_share = 50;  // nobody else waits for the processor here
    watch();
  }
  void post(const std::string& text) {
    const auto answer = office.call(
        *peer, "message.post",
        {{"room", room}, {"client_id", to_string(make_uuid7(office.clock.now()))}, {"text", text}});
    REQUIRE(answer.contains("result"));
  }
  // As a start of the server does.
  void watch() {
    watches.emplace(
        app::Watches::Parts{office.services(), office.batch(), *office.believed,
                            office.directory() / "wardroom.db",
                            [] {
                              return ops::DiskSpace{std::uint64_t{50} << 30, std::uint64_t{99} << 30};
                            }},
        options);
    watches->start();
  }
  // Behind the server's back.
  void tamper(const std::string& sql) { REQUIRE(office.open_database()->run_script(sql)); }
  std::int64_t checks() {
    return office.open_database()
        ->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'server.integrity_checked'")
        .value_or(-1);
  }
  // The record of the check that begins at this second.
  std::string check_at(std::uint64_t second) {
    const auto before = checks();
    watches->each_second(second);
    office.wait_until([&] { return checks() > before; });
    return office.open_database()
        ->find<std::string>(
            "SELECT line FROM audit_records WHERE type = 'server.integrity_checked' ORDER BY idx DESC LIMIT "
            "1")
        .value_or("");
  }
  std::string metrics() { return app::compose_check_metrics(watches->check_status()); }

  Office office;
  app::Options options;
  Office::Person bob = office.add_person("bob");
  std::shared_ptr<TestPeer> peer;
  std::int64_t room = 0;
  std::optional<app::Watches> watches;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a change behind the running server's back is found by its next check, recorded and measured") {
  WatchedOffice office;
  CHECK(has(office.metrics(), "wardroom_check_age_seconds inf\n"));
  CHECK(has(office.metrics(), "wardroom_check_findings nan\n"));
  const auto sound = office.check_at(app::Watches::kFirstCheck);
  CHECK(has(sound, R"("outcome":"success")"));
  CHECK(has(sound, R"("covered":[)"));
  CHECK(has(sound, R"(messages: 2 states against their hashes in the log)"));
  CHECK(has(sound, R"("not_proven":["users: passwords)"));
  CHECK_FALSE(has(sound, R"("found")"));
  CHECK(has(office.metrics(), "wardroom_check_age_seconds 0\n"));
  CHECK(has(office.metrics(), "wardroom_check_findings 0\n"));

  office.tamper("UPDATE messages SET text = 'forged' WHERE text = 'the first'");
  office.tamper("UPDATE users SET role = 'admin' WHERE name = 'bob'");
  const auto found = office.check_at(app::Watches::kFirstCheck + kDay);
  CHECK(has(found, R"("outcome":"failure")"));
  CHECK(has(found, R"(users, 1: role is \"admin\", and by the log \"member\".)"));
  CHECK(has(found, "isn't what was written"));
  CHECK_FALSE(has(found, "forged"));
  CHECK_FALSE(has(office.metrics(), "wardroom_check_findings 0\n"));
  const auto last = audit::load_last_check(*office.office.open_database());
  REQUIRE(last);
  CHECK(last->wrong >= 2);
  office.office.tick();
  office.office.settle();
  const auto head = office.office.call(*office.peer, "audit.checkpoint", {});
  REQUIRE(head.contains("result"));
  const auto& told = head.at("result").at("check");
  CHECK(told.at("wrong").as_int64() == last->wrong);
  CHECK(told.at("record").as_int64() == last->record.value);
}

TEST_CASE("findings are bounded, and bytes that are no text don't spoil the record") {
  WatchedOffice office;
  for (int i = 0; i < 40; ++i) office.post("message " + std::to_string(i));
  office.tamper(
      "UPDATE messages SET text = CAST(x'ff' AS TEXT); UPDATE rooms SET topic = CAST(x'c0ff' AS TEXT)");
  const auto line = office.check_at(app::Watches::kFirstCheck);
  CHECK(is_valid_utf8(line));
  const auto found = boost::json::parse(line).at("after").at("found").as_array();
  CHECK(found.size() == 10);
  CHECK(boost::json::parse(line).at("after").at("findings").as_int64() >= 42);
}

TEST_CASE("a database that can't be read is an alarm, and no complete check") {
  WatchedOffice office;
  office.tamper("DROP TABLE erased_states");
  const auto line = office.check_at(app::Watches::kFirstCheck);
  CHECK(has(line, R"("outcome":"failure")"));
  CHECK(has(line, R"("covered":[])"));
  CHECK(has(office.metrics(), "wardroom_check_age_seconds inf\n"));
  CHECK(has(office.metrics(), "wardroom_check_findings 1\n"));
  office.watch();
  CHECK(has(office.metrics(), "wardroom_check_age_seconds inf\n"));
}

TEST_CASE("checks come by the time that passes, over restarts too, whatever the wall's clock says") {
  WatchedOffice office;
  office.check_at(app::Watches::kFirstCheck);
  CHECK(office.watches->next_check() == app::Watches::kFirstCheck + kDay);
  office.office.clock.advance(23h);
  office.watch();
  CHECK(office.watches->next_check() == 3600);
  office.office.clock.move_wall(240h);
  office.watches->each_second(3599);
  CHECK(office.watches->next_check() == 3600);
  office.check_at(3600);
  CHECK(office.watches->next_check() == 3600 + kDay);
  // What a clock that was ahead wrote says nothing of when the next one is due.
  office.office.clock.move_wall(-240h);
  office.watch();
  CHECK(office.watches->next_check() == app::Watches::kFirstCheck);
}

TEST_CASE("a check that is ended in the middle claims nothing, and the next start does it again") {
  WatchedOffice office;
  office.options.audit.check_share = 1;
  office.watch();
  office.watches->each_second(app::Watches::kFirstCheck);
  office.watches->end_checks();
  office.office.settle();
  CHECK(office.checks() == 0);
  CHECK(has(office.metrics(), "wardroom_check_age_seconds inf\n"));
  office.options.audit.check_share = 50;
  office.watch();
  CHECK(has(office.check_at(app::Watches::kFirstCheck), R"("outcome":"success")"));
}
