#include "server/app/office_hosts.hpp"

#include <sodium.h>

#include <catch2/catch.hpp>

#include "server/app/initialise.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::app;
using wardroom::testing::TempDir;

namespace {

const std::vector<std::string> kTwo{"chat.example", "192.0.2.7"};

std::string replaced(std::string_view toml) {
  const auto text = replace_hosts(toml, "wardroom.toml", kTwo);
  return text ? *text : "refused: " + text.error().message;
}

}  // namespace

TEST_CASE("the hosts are replaced where they stand, and the rest of the file stays, with its remarks") {
  CHECK(replaced("# mine\n[server]\nname = \"Büro\" # ä\nhosts = [\"a.example\"] # old\nport = 1\n") ==
        "# mine\n[server]\nname = \"Büro\" # ä\nhosts = [\"chat.example\", \"192.0.2.7\"] # old\nport = 1\n");
  CHECK(
      replaced("[server]\r\nhosts = [\r\n  \"a.example\", # one ]\r\n  \"b.example\"\r\n]\r\nport = 1\r\n") ==
      "[server]\r\nhosts = [\"chat.example\", \"192.0.2.7\"]\r\nport = 1\r\n");
  CHECK(replaced("\xEF\xBB\xBF[server]\nhosts = [\"a.example\"]") ==
        "[server]\nhosts = [\"chat.example\", \"192.0.2.7\"]");
  CHECK(replaced("server.hosts = [\"a.example\"]\n") == "server.hosts = [\"chat.example\", \"192.0.2.7\"]\n");
}

TEST_CASE("hosts that no line names get one") {
  for (const auto* toml : {"[server]\nport = 1\n", "[server]", "[limits]\nmax_connections = 100\n", ""}) {
    INFO(toml);
    const auto options = parse_options(replaced(toml), "wardroom.toml");
    REQUIRE(options);
    CHECK(options->server.hosts == kTwo);
    CHECK(options->server.port == parse_options(toml, "")->server.port);
  }
}

TEST_CASE(
    "where the hosts can't be replaced by themselves, the file isn't touched and the line to write is "
    "named") {
  const auto refused = replaced("server = { port = 1 }\n");
  CHECK(refused.find("refused:") == 0);
  CHECK(refused.find("[\"chat.example\", \"192.0.2.7\"]") != std::string::npos);
}

TEST_CASE("an office gets one more name with its link and pin as they were, once") {
  REQUIRE(sodium_init() >= 0);
  TempDir temp;
  SystemClock clock;
  Options options;
  options.server.hosts = {"chat.example"};
  const auto root = temp.path() / "data";
  REQUIRE(initialise(root, options, clock));
  const ops::DataDir dir{root};
  const auto link = compose_link(dir, options);
  REQUIRE(link);
  CHECK(link->starts_with("wardroom://chat.example:7443/?ca="));
  const auto changed = add_office_host(dir, "New.Example", clock.now());
  INFO((changed ? "" : changed.error().message));
  REQUIRE(changed);
  CHECK(changed->server.hosts == std::vector<std::string>{"chat.example", "new.example"});
  CHECK(load_options(dir.config())->server.hosts == changed->server.hosts);
  CHECK(ops::check_served(dir, clock.now()));
  CHECK(ops::check_served_name(dir, "new.example"));
  CHECK(ops::check_served_name(dir, "chat.example"));
  CHECK(*compose_link(dir, *changed) == *link);
  const auto again = add_office_host(dir, "new.example", clock.now());
  REQUIRE_FALSE(again);
  CHECK(again.error().reason == "host_known");
  CHECK_FALSE(add_office_host(dir, "no host", clock.now()));
  // Where the key is elsewhere, nothing is touched and what to do there is said.
  const auto file = ops::read_small_file(dir.config());
  std::filesystem::rename(dir.ca_key(), temp.path() / "ca.key");
  const auto keyless = add_office_host(dir, "third.example", clock.now());
  REQUIRE_FALSE(keyless);
  CHECK(keyless.error().code == ErrorCode::not_found);
  CHECK(keyless.error().message.find("make-ca.sh names") != std::string::npos);
  CHECK(*ops::read_small_file(dir.config()) == *file);
  CHECK_FALSE(ops::check_served_name(dir, "third.example"));
}
