#include "server/ops/host_name.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::ops;

TEST_CASE("hosts are names or addresses, in one form each") {
  const auto hosts = parse_hosts("Chat.Example.org, 192.0.2.7,2001:DB8:0:0::7,my_server,chat.example.org");
  REQUIRE(hosts);
  CHECK(*hosts == std::vector<HostName>{{"chat.example.org", HostName::Kind::name},
                                        {"192.0.2.7", HostName::Kind::ipv4},
                                        {"2001:db8::7", HostName::Kind::ipv6},
                                        {"my_server", HostName::Kind::name}});
}

TEST_CASE("what nobody could reach is refused by name") {
  const auto host =
      GENERATE(as<const char*>{}, "", ",", "a,", "192.0.2", "192.0.2.700", "-a.org", "a-.org", "a..org",
               "a b", "a,permitted;DNS:b", "https://a.org", "2001:db8::7::", "caf\xc3\xa9.fr", ".org",
               "a.org:7443", "a.org.", "fe80::1", "FE80::1", "febf::2", "fe80::1%eth0", "2001:db8::7%1");
  INFO(host);
  const auto parsed = parse_hosts(host);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().field == "host");
}
