#include "server/domain/network.hpp"

#include <catch2/catch.hpp>

using namespace wardroom::domain;

TEST_CASE("one PC is one source, however many IPv6 addresses it takes") {
  CHECK(network_of("192.0.2.7") == "192.0.2.7");
  CHECK(network_of("2001:db8:1:2::1") == "2001:db8:1:2::/64");
  CHECK(network_of("2001:db8:1:2:ffff:1:2:3") == network_of("2001:db8:1:2::1"));
  CHECK(network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1"));
  CHECK(network_of("?") == "?");
}

TEST_CASE("an address is the same in whichever spelling") {
  const auto same = [](const char* a, const char* b) {
    INFO(a << " and " << b);
    REQUIRE(parse_network(a));
    CHECK(parse_network(a) == parse_network(b));
  };
  same("2001:DB8::1", "2001:db8:0:0::1");
  same("::ffff:192.0.2.7", "192.0.2.7");
  same("192.0.2.", "192.0.2.0/24");
  same("192.0.2.7/24", "192.0.2.0/24");
  same("::ffff:192.0.2.0/120", "192.0.2.0/24");
  same("2001:db8:", "2001:db8::/32");
  same("2001:db8::", "2001:db8::/32");
  same("192.0.2.7/32", "192.0.2.7");
  CHECK(to_string(*parse_network("2001:DB8:0::1")) == "2001:db8::1");
  CHECK(to_string(*parse_network("::ffff:192.0.2.7")) == "192.0.2.7");
  for (const char* none :
       {"", ".", ":", ":::", "192.0.2", "192.0.2.7.", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1",
        "2001:db8::/129", "2001::5:", "1:2:3:4:5:6:7:8:", "300.", "localhost", "192.0.2.0/24/8"})
    CHECK_FALSE(parse_network(none));
}

TEST_CASE("a network has its addresses and no others") {
  const auto is_in = [](const char* one, const char* network) {
    return parse_network(one)->overlaps(*parse_network(network));
  };
  CHECK(is_in("192.0.2.7", "192.0.2.0/29"));
  CHECK_FALSE(is_in("192.0.2.8", "192.0.2.0/29"));
  CHECK(is_in("192.0.3.255", "192.0.2.0/23"));
  CHECK_FALSE(is_in("192.0.4.0", "192.0.2.0/23"));
  CHECK_FALSE(is_in("19.2.0.2", "192.0."));
  CHECK(is_in("2001:db8::1", "2001:db8:0:"));
  CHECK_FALSE(is_in("2001:db80::1", "2001:db8:"));
  CHECK(is_in("2001:db8:0:1::5", "2001:db8:0:1::/64"));
  CHECK(is_in("2001:db8:0:1::/64", "2001:db8:0:1::5"));
  CHECK(is_in("192.0.2.7", "0.0.0.0/0"));
  CHECK_FALSE(is_in("2001:db8::1", "0.0.0.0/0"));
}
