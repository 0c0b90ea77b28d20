#include <catch2/catch.hpp>

#include "server/app/gauged_figures.hpp"

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
  CHECK(changed([](Condition& c) { c.health = store::Writer::Health::failed; }) == Codes{"disk_failed"});
  CHECK(changed([](Condition& c) { c.certificate_ends = kNow; }) == Codes{"certificate_expired"});
  CHECK(changed([](Condition& c) { c.certificate_ends = kNow + days{14}; }) == Codes{"certificate_expiring"});
  CHECK(changed([](Condition& c) { c.certificate_ends = kNow + days{14} + 1s; }).empty());
  CHECK(changed([](Condition& c) { c.certificate_ends.reset(); }).empty());
  CHECK(changed([](Condition& c) { c.backup_failed = true; }) == Codes{"backup_failed"});
  CHECK(changed([](Condition& c) { c.backup_verified_at.reset(); }) == Codes{"backup_missing"});
  CHECK(changed([](Condition& c) { c.backup_verified_at = kNow - days{3}; }) == Codes{"backup_old"});
  CHECK(changed([](Condition& c) { c.findings = 2; }) == Codes{"check_findings"});
  CHECK(changed([](Condition& c) { c.findings.reset(); }).empty());
  CHECK(changed([](Condition& c) { c.clock_doubt = -2h; }) == Codes{"clock_doubted"});
}

TEST_CASE("what people notice comes first") {
  Condition c = sound();
  c.backup_verified_at.reset();
  c.clock_doubt = 2h;
  c.findings = 1;
  c.health = store::Writer::Health::disk_full;
  CHECK(codes(c) == Codes{"disk_full", "check_findings", "clock_doubted", "backup_missing"});
}
