#include <fstream>
#include <set>
#include <signal.h>
#include <sstream>

#include <catch2/catch.hpp>

#include "server/commands/audit/sign_head.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/heads_file.hpp"
#include "server/ops/host_name.hpp"
#include "server/ops/syslog_forwarder.hpp"
#include "tests/harness/office.hpp"
#include "tests/unit/log_copies/collector.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

constexpr std::chrono::milliseconds kSoon{10};

// Certificates for 127.0.0.1 and an office that logs.
struct Place {
  Place() {
    const auto made = ops::create_data_dir(temp.path() / "data");
    REQUIRE(made);
    dir = *made;
    const auto hosts = ops::parse_hosts("127.0.0.1");
    REQUIRE(hosts);
    REQUIRE(ops::create_authority(dir, "Office", *hosts, SystemClock().now()));
    REQUIRE(ops::issue_certificate(dir, *hosts, SystemClock().now()));
    REQUIRE(office.call(*peer, "session.resume", {{"token", lena.token}}).contains("result"));
    const auto made_room = office.call(*peer, "room.create", {{"name", "ops"}, {"kind", "public"}});
    room = made_room.at("result").at("room").at("id").as_int64();
  }
  std::unique_ptr<Collector> collect() {
    return std::make_unique<Collector>(dir.server_certificate(), dir.server_key());
  }
  std::filesystem::path database() const { return office.directory() / "wardroom.db"; }
  std::unique_ptr<ops::SyslogForwarder> forward(int port, const std::string& host = "127.0.0.1") {
    ops::SyslogForwarder::Settings settings{
        {host, std::to_string(port), dir.ca_certificate()}, "chat", kSoon};
    auto forwarder = std::make_unique<ops::SyslogForwarder>(settings, database(), office.services().writer);
    forwarder->start();
    return forwarder;
  }
  void act(int times) {
    for (int i = 0; i < times; ++i)
      REQUIRE(office.call(*peer, "room.update", {{"room", room}, {"topic", std::to_string(++acts)}})
                  .contains("result"));
  }
  std::int64_t size() {
    return office.open_database()->find<std::int64_t>("SELECT count(*) FROM audit_records").value_or(-1);
  }

  TempDir temp;
  ops::DataDir dir;
  Office office;
  Office::Person lena = office.add_person("lena");
  std::shared_ptr<TestPeer> peer = office.connect();
  std::int64_t room = 0;
  int acts = 0;
};

// The line behind the BOM.
std::string line_of(const std::string& message) {
  const auto bom = message.find("\xEF\xBB\xBF");
  REQUIRE(bom != std::string::npos);
  return message.substr(bom + 3);
}

bool is_head(const std::string& message) {
  return message.find(" checkpoint [") != std::string::npos;
}

std::set<std::string> lines_of(const std::vector<std::string>& messages) {
  std::set<std::string> lines;
  for (const auto& message : messages)
    if (!is_head(message)) lines.insert(line_of(message));
  return lines;
}

std::set<std::string> log_lines(Place& place) {
  const auto db = place.office.open_database();
  std::set<std::string> lines;
  auto row = db->query("SELECT line FROM audit_records");
  while (row.step()) lines.insert(row.get<std::string>(0));
  return lines;
}

}  // namespace

TEST_CASE("a collector gets every record as its exact bytes, and the signed head") {
  Place place;
  const auto collector = place.collect();
  place.act(5);
  commands::submit_sign_head(place.office.services(), place.office.batch());
  place.office.settle();
  const auto forwarder = place.forward(collector->port());
  place.act(5);
  const auto all = log_lines(place);
  place.office.wait_until([&] { return lines_of(collector->messages()).size() >= all.size(); });
  CHECK(lines_of(collector->messages()) == all);
  CHECK(collector->error().empty());
  place.office.wait_until([&] {
    const auto messages = collector->messages();
    return std::any_of(messages.begin(), messages.end(), is_head);
  });
  const auto first = collector->messages().front();
  CHECK(first.starts_with("<110>1 "));
  CHECK(first.find(" chat wardroomd - ") != std::string::npos);
  CHECK(first.find(" [wardroom@32473 idx=\"0\" ") != std::string::npos);
}

TEST_CASE("a collector that hangs up again and again misses nothing in the end") {
  Place place;
  const auto collector = place.collect();
  collector->hang_up_after(7);
  place.act(40);
  const auto forwarder = place.forward(collector->port());
  place.office.wait_until([&] { return collector->messages().size() >= 14; });
  collector->hang_up_after(0);
  place.act(10);
  const auto all = log_lines(place);
  place.office.wait_until([&] { return lines_of(collector->messages()).size() >= all.size(); });
  CHECK(lines_of(collector->messages()) == all);
}

TEST_CASE("copies that don't get through are late after an hour, until they do") {
  const auto in_an_hour = [] { return std::chrono::steady_clock::now() + std::chrono::minutes{61}; };
  Place place;
  place.act(1);
  SECTION("to a collector") {
    auto collector = place.collect();
    const int port = collector->port();
    collector.reset();
    auto forwarder = place.forward(port);
    place.office.wait_until([&] { return forwarder->is_late(in_an_hour()); });
    CHECK_FALSE(forwarder->is_late());
    forwarder.reset();  // the next collector may get the port of before
    const auto heard = place.collect();
    const auto other = place.forward(heard->port());
    const auto all = log_lines(place);
    place.office.wait_until([&] { return lines_of(heard->messages()).size() >= all.size(); });
    place.office.wait_until([&] { return !other->is_late(in_an_hour()); });
  }
  SECTION("to a file") {
    commands::submit_sign_head(place.office.services(), place.office.batch());
    place.office.settle();
    const auto folder = place.temp.path() / "disk";
    ops::HeadsFile copies(folder / "heads.txt", place.database(), kSoon);
    copies.start();
    place.office.wait_until([&] { return copies.is_late(in_an_hour()); });
    CHECK_FALSE(copies.is_late());
    std::filesystem::create_directory(folder);
    place.office.wait_until([&] { return std::filesystem::exists(folder / "heads.txt"); });
    place.office.wait_until([&] { return !copies.is_late(in_an_hour()); });
    copies.stop();
  }
}

TEST_CASE("after a restart it goes on behind what was received") {
  Place place;
  auto collector = place.collect();
  place.act(20);
  auto forwarder = place.forward(collector->port());
  const auto kept = [&] {
    return place.office.open_database()
        ->find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'audit_syslog_next'")
        .value_or(0);
  };
  place.office.wait_until([&] { return kept() == place.size(); });
  forwarder.reset();
  const auto before = place.size();
  collector = place.collect();
  place.act(3);
  forwarder = place.forward(collector->port());
  place.office.wait_until([&] { return !collector->messages().empty(); });
  CHECK(line_of(collector->messages().front()).find("\"idx\":" + std::to_string(before) + ",") !=
        std::string::npos);
}

TEST_CASE("nothing is sent to a collector that somebody else's certificates vouch for") {
  Place place, other;
  const auto impostor = other.collect();
  place.act(3);
  const auto forwarder = place.forward(impostor->port());
  // Its own comes later, with the same records: by then the impostor had its chances.
  const auto collector = place.collect();
  const auto honest = place.forward(collector->port());
  place.office.wait_until([&] { return !collector->messages().empty(); });
  CHECK(impostor->messages().empty());
}

TEST_CASE("an address that the certificate doesn't have is no collector") {
  signal(SIGPIPE, SIG_IGN);  // as the server does: saying goodbye to who is gone is no reason to end
  Place place;
  const auto sender_to = [&](const char* address) {
    const Collector collector(place.dir.server_certificate(), place.dir.server_key(), address);
    return ops::TlsSender::connect({address, std::to_string(collector.port()), place.dir.ca_certificate()});
  };
  CHECK(sender_to("127.0.0.1"));
  const auto wrong = sender_to("127.0.0.2");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("isn't trusted") != std::string::npos);
}

TEST_CASE("heads go to a file elsewhere, the newest last, also at the stop") {
  Place place;
  const auto file = place.temp.path() / "heads.txt";
  const auto sign = [&] {
    place.act(1);
    commands::submit_sign_head(place.office.services(), place.office.batch());
    place.office.settle();
  };
  sign();
  ops::HeadsFile copies(file, place.database(), std::chrono::hours{1});
  copies.start();
  place.office.wait_until(
      [&] { return std::filesystem::exists(file) && std::filesystem::file_size(file) > 0; });
  sign();
  copies.stop();
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  const auto db = place.office.open_database();
  std::string expected;
  auto row = db->query("SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 2");
  while (row.step()) expected = row.get<std::string>(0) + (expected.empty() ? "" : "\n" + expected);
  CHECK(text.str() == expected);
}

TEST_CASE("heads don't go to where a link points") {
  Place place;
  const auto file = place.temp.path() / "heads.txt";
  const auto other = place.temp.path() / "other.txt";
  std::ofstream(other) << "somebody's";
  std::filesystem::create_symlink(other, file);
  place.act(1);
  commands::submit_sign_head(place.office.services(), place.office.batch());
  place.office.settle();
  const auto copy = [&] {
    ops::HeadsFile copies(file, place.database(), std::chrono::hours{1});
    copies.start();
    copies.stop();  // writes what is new, where it may
  };
  copy();
  std::ostringstream text;
  text << std::ifstream(other).rdbuf();
  CHECK(text.str() == "somebody's");
  std::filesystem::remove(file);
  copy();
  CHECK(std::filesystem::file_size(file) > 0);
}
