#include <catch2/catch.hpp>

#include "server/app/gauged_figures.hpp"
#include "server/app/pages.hpp"

using namespace wardroom;
using namespace wardroom::app;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

const TimePoint kNow = from_unix_ms(1795160000000);

// A server of which nothing is to be said.
Condition sound() {
  Condition c;
  c.now = kNow;
  c.certificate_ends = kNow + days{60};
  c.certificate_renews = true;
  c.backup_verified_at = kNow - 20h;
  c.findings = 0;
  return c;
}

std::vector<std::string> codes(const Condition& condition) {
  std::vector<std::string> all;
  for (const auto& alarm : compose_alarms(condition)) {
    all.push_back(alarm.code);
  }
  return all;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a sound server raises no alarm") {
  CHECK(codes(sound()).empty());
}

TEST_CASE("each thing that is wrong raises its alarm") {
  const auto changed = [](auto change) {
    Condition c = sound();
    change(c);
    return codes(c);
  };
  CHECK(changed([](Condition& c) { c.health = store::Writer::Health::disk_full; }) == Codes{"disk_full"});
  CHECK(changed([](Condition& c) { c.disk_low = true; }) == Codes{"disk_low"});
  // Once is enough.
  CHECK(changed([](Condition& c) {
          c.disk_low = true;
          c.health = store::Writer::Health::disk_full;
        }) == Codes{"disk_full"});
  CHECK(changed([](Condition& c) { c.health = store::Writer::Health::failed; }) == Codes{"disk_failed"});
  CHECK(changed([](Condition& c) { c.certificate_ends = kNow; }) == Codes{"certificate_expired"});
  CHECK(changed([](Condition& c) { c.certificate_ends = kNow + days{14}; }) == Codes{"certificate_expiring"});
  CHECK(changed([](Condition& c) { c.certificate_ends = kNow + days{14} + 1s; }).empty());
  CHECK(changed([](Condition& c) { c.certificate_ends.reset(); }).empty());
  CHECK(changed([](Condition& c) { c.certificate_not_served = true; }) == Codes{"certificate_not_served"});
  CHECK(changed([](Condition& c) { c.authority_ends = kNow + days{90}; }) == Codes{"authority_expiring"});
  CHECK(changed([](Condition& c) { c.authority_ends = kNow + days{91}; }).empty());
  CHECK(changed([](Condition& c) { c.backup_failed = true; }) == Codes{"backup_failed"});
  CHECK(changed([](Condition& c) { c.recheck_failed = true; }) == Codes{"backup_damaged"});
  CHECK(changed([](Condition& c) { c.backup_verified_at.reset(); }) == Codes{"backup_missing"});
  CHECK(changed([](Condition& c) { c.backup_verified_at = kNow - days{3}; }) == Codes{"backup_old"});
  CHECK(changed([](Condition& c) { c.findings = 2; }) == Codes{"check_findings"});
  CHECK(changed([](Condition& c) { c.findings.reset(); }).empty());
  CHECK(changed([](Condition& c) { c.head_trouble = audit::HeadTrouble::differs; }) == Codes{"log_differs"});
  CHECK(changed([](Condition& c) { c.head_trouble = audit::HeadTrouble::stopped; }) ==
        Codes{"head_not_signed"});
  // Nothing can be written, heads neither; but a full disk changes no log.
  CHECK(changed([](Condition& c) {
          c.head_trouble = audit::HeadTrouble::stopped;
          c.health = store::Writer::Health::disk_full;
        }) == Codes{"disk_full"});
  CHECK(changed([](Condition& c) {
          c.head_trouble = audit::HeadTrouble::differs;
          c.health = store::Writer::Health::disk_full;
        }) == Codes{"disk_full", "log_differs"});
  CHECK(changed([](Condition& c) { c.scanner_fails = true; }) == Codes{"scanner_fails"});
  CHECK(changed([](Condition& c) { c.infected_at = kNow - 23h; }) == Codes{"file_infected"});
  CHECK(changed([](Condition& c) { c.infected_at = kNow - 25h; }).empty());
  CHECK(changed([](Condition& c) { c.late_copies.syslog = true; }) == Codes{"copies_not_sent"});
  CHECK(changed([](Condition& c) { c.late_copies.heads_file = true; }) == Codes{"copies_not_sent"});
  CHECK(changed([](Condition& c) {
          c.late_copies = {true, true};
        }) == Codes{"copies_not_sent", "copies_not_sent"});
  CHECK(changed([](Condition& c) { c.clock_doubt = -2h; }) == Codes{"clock_doubted"});
}

TEST_CASE("the authority's alarm says what is due in the rotation's phase") {
  const auto text_in = [](ops::RotationPhase phase) {
    Condition c = sound();
    c.authority_ends = kNow + days{60};
    c.rotation_phase = phase;
    const auto alarms = compose_alarms(c);
    REQUIRE(alarms.size() == 1);
    return alarms[0].text;
  };
  using Catch::Contains;
  CHECK_THAT(text_in(ops::RotationPhase::none), Contains("wardroomd authority rotate"));
  CHECK_THAT(text_in(ops::RotationPhase::announced), Contains("wardroomd authority finish"));
  CHECK_THAT(text_in(ops::RotationPhase::switched), Contains("wardroomd authority retire"));
}

TEST_CASE("a certificate that nothing renews is an alarm from its 30th day, and pressing from its 14th") {
  Condition c = sound();
  c.certificate_renews = false;
  c.certificate_ends = kNow + days{30} + 1s;
  CHECK(codes(c).empty());
  c.certificate_ends = kNow + days{30};
  REQUIRE(codes(c) == Codes{"certificate_expiring"});
  CHECK_FALSE(compose_alarms(c)[0].urgent);
  CHECK(compose_alarms(c)[0].text.find("make-ca.sh renew") != std::string::npos);
  c.certificate_ends = kNow + days{14};
  CHECK(compose_alarms(c)[0].urgent);
  // What needs a connection is of no use then.
  c.certificate_ends = kNow;
  CHECK(compose_alarms(c)[0].text.find("wardroomctl") == std::string::npos);
  CHECK(compose_alarms(c)[0].text.find("systemctl reload wardroomd") != std::string::npos);
}

TEST_CASE(
    "a certificate that vouches for the server's and ends before it is named, whatever renews the other") {
  Condition c = sound();
  c.certificate_between = "Harbour issuing CA";
  CHECK(codes(c).empty());
  c.certificate_ends = kNow + days{30};
  REQUIRE(codes(c) == Codes{"certificate_expiring"});
  CHECK_FALSE(compose_alarms(c)[0].urgent);
  CHECK(compose_alarms(c)[0].text.find("\"Harbour issuing CA\"") != std::string::npos);
  c.certificate_ends = kNow;
  REQUIRE(codes(c) == Codes{"certificate_expired"});
  CHECK(compose_alarms(c)[0].text.find("\"Harbour issuing CA\"") != std::string::npos);
}

TEST_CASE("/readyz says no with the reason when nothing can be written, or clients refuse the certificate") {
  using Health = store::Writer::Health;
  const auto answer = [](Health health, bool over) {
    const auto page = answer_ready(health, over);
    return std::to_string(page.status) + " " + page.body;
  };
  CHECK(answer(Health::ok, false) == R"(200 {"status":"ready"})");
  CHECK(answer(Health::ok, true) == R"(503 {"status":"certificate_expired"})");
  CHECK(answer(Health::disk_full, false) == R"(503 {"status":"disk_full"})");
  CHECK(answer(Health::failed, true) == R"(503 {"status":"disk_failed"})");
}

TEST_CASE(
    "heads that aren't signed are an alarm after a minute, a log that was changed at once and for good") {
  using audit::HeadTrouble;
  audit::HeadState state;
  const auto in = [](auto span) { return std::chrono::steady_clock::now() + span; };
  CHECK(state.trouble(in(1h)) == HeadTrouble::none);
  state.note(make_error(ErrorCode::unavailable, "The key is gone.", "audit_key_missing"));
  CHECK(state.trouble(in(30s)) == HeadTrouble::none);
  CHECK(state.trouble(in(61s)) == HeadTrouble::stopped);
  state.note(ok());
  CHECK(state.trouble(in(61s)) == HeadTrouble::none);
  state.note(make_error(ErrorCode::conflict, "Somebody changed it.", "log_differs"));
  CHECK(state.trouble() == HeadTrouble::differs);
  state.note(ok());
  CHECK(state.trouble() == HeadTrouble::differs);
}

TEST_CASE("what people notice comes first") {
  Condition c = sound();
  c.backup_verified_at.reset();
  c.clock_doubt = 2h;
  c.findings = 1;
  c.health = store::Writer::Health::disk_full;
  CHECK(codes(c) == Codes{"disk_full", "check_findings", "clock_doubted", "backup_missing"});
}

TEST_CASE("acknowledgement goes to consoles as the buckets of its histogram, the last without an end") {
  Histogram times;
  times.note(50us);
  times.note(3ms);
  times.note(4ms);
  times.note(11s);
  const auto buckets = compose_acknowledged(times.counts());
  REQUIRE(buckets.size() == Histogram::kBounds.size() + 1);
  CHECK(buckets.front().within_us == 100);
  CHECK(buckets.front().changes == 1);
  CHECK(buckets[5].within_us == 5'000);
  CHECK(buckets[5].changes == 2);
  CHECK_FALSE(buckets.back().within_us);
  CHECK(buckets.back().changes == 1);
}
