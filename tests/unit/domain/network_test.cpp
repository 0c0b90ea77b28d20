#include "server/domain/network.hpp"

#include <catch2/catch.hpp>

using wardroom::domain::network_of;

TEST_CASE("one PC is one source, however many IPv6 addresses it takes") {
  CHECK(network_of("192.0.2.7") == "192.0.2.7");
  CHECK(network_of("2001:db8:1:2::1") == "2001:db8:1:2::/64");
  CHECK(network_of("2001:db8:1:2:ffff:1:2:3") == network_of("2001:db8:1:2::1"));
  CHECK(network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1"));
  CHECK(network_of("?") == "?");
}
