#include <catch2/catch.hpp>

#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/served_chain.hpp"
#include "tests/unit/backup/office_house.hpp"

// What an office shows to clients at its start and at a reload; check and run go by one list.
using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE(
    "a certificate without its authority isn't served, at the start or at a reload, and the old one stays") {
  House house;
  auto appliance = house.start();
  REQUIRE(appliance);
  REQUIRE((*appliance)->reload());
  const std::string pem = *ops::read_small_file(house.dir.server_certificate());
  const auto second = pem.find("-----BEGIN", 10);
  REQUIRE(ops::write_durably(house.dir.server_certificate(), pem.substr(0, second), 0644));
  const auto refused = (*appliance)->reload();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "chain_incomplete");
  appliance->reset();
  CHECK(house.refusal().find("lacks the certificate of the authority") != std::string::npos);
}

TEST_CASE(
    "a name in hosts that the certificate doesn't stand for is a finding, and doesn't keep those out who use "
    "others") {
  House house;
  house.options.server.hosts = {"chat.elsewhere.example", "localhost"};
  const auto findings = app::check_office(house.dir, house.options, house.clock.now());
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].error.reason == "host_not_in_certificate");
  CHECK_FALSE(findings[0].refused);
  house.run_once();
}

TEST_CASE(
    "a certificate that is missing or dated by a clock ahead is issued by what is believed of the time") {
  House house;
  house.run_once();
  fs::remove(house.dir.server_certificate());
  // The clock goes 61 days ahead while the server is off: no certificate of then.
  house.clock.move_wall(std::chrono::days{61});
  {
    auto appliance = house.start();
    REQUIRE(appliance);
    (*appliance)->stop();
  }
  house.clock.move_wall(-std::chrono::days{61});
  const auto info = ops::load_certificate_info(house.dir.server_certificate());
  REQUIRE(info);
  CHECK(info->not_before <= house.clock.now());
  REQUIRE(ops::issue_certificate(house.dir, *ops::parse_hosts("localhost"),
                                 house.clock.now() + std::chrono::days{61}));
  house.run_once();
  CHECK(ops::load_certificate_info(house.dir.server_certificate())->not_before <= house.clock.now());
}

TEST_CASE("an expired certificate is renewed by a start, and by a reload once the authority's key is back") {
  House house;
  const auto hosts = *ops::parse_hosts("localhost");
  const TimePoint now = house.clock.now();
  for (const auto& file : {house.dir.ca_key(), house.dir.ca_certificate(), house.dir.server_certificate()})
    fs::remove(file);
  REQUIRE(ops::create_authority(house.dir, "Harbour", hosts, now - std::chrono::days{200}));
  REQUIRE(ops::issue_certificate(house.dir, hosts, now - std::chrono::days{100}));
  const std::string expired = *ops::read_small_file(house.dir.server_certificate());
  const auto holds = [&] { return ops::check_dates(house.dir, now).has_value(); };
  REQUIRE_FALSE(holds());
  house.run_once();
  CHECK(holds());

  // Without the key it is served as it is, so that whoever looks is told.
  const fs::path away = house.temp.path() / "ca.key";
  fs::rename(house.dir.ca_key(), away);
  REQUIRE(ops::write_durably(house.dir.server_certificate(), expired, 0644));
  auto appliance = house.start();
  REQUIRE(appliance);
  const auto refused = (*appliance)->reload();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "certificate_dates");
  CHECK(refused.error().message.find("keys/ca.key") != std::string::npos);
  fs::rename(away, house.dir.ca_key());
  const auto reloaded = (*appliance)->reload();
  INFO((reloaded ? "" : reloaded.error().message));
  REQUIRE(reloaded);
  CHECK(holds());
  appliance->reset();
  const auto db = sqlite::Connection::open(house.dir.database(), sqlite::Connection::Mode::read_only);
  REQUIRE(db);
  CHECK((*db)->find<std::int64_t>(
            "SELECT count(*) FROM audit_records WHERE type = 'server.certificate_renewed'") == 2);
}

TEST_CASE("an expired certificate whose authority is over as well keeps no office from starting") {
  House house;
  const auto hosts = *ops::parse_hosts("localhost");
  const TimePoint then = house.clock.now() - ops::kAuthorityLifetime - std::chrono::days{10};
  for (const auto& file : {house.dir.ca_key(), house.dir.ca_certificate(), house.dir.server_certificate()})
    fs::remove(file);
  REQUIRE(ops::create_authority(house.dir, "Harbour", hosts, then));
  REQUIRE(ops::issue_certificate(house.dir, hosts, then));
  house.run_once();
}
