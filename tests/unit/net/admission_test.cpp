#include "server/net/admission.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;

TEST_CASE("an address is what its network is: an IPv6 /64 has no more room than one IPv4 address") {
  net::Admission admission;
  net::Options options;
  options.max_unauthenticated_per_address = 2;
  REQUIRE(admission.configure(options));
  CHECK(admission.admit("2001:db8:0:1::1"));
  CHECK(admission.admit("2001:db8:0:1:ffff::2"));
  CHECK_FALSE(admission.admit("2001:db8:0:1::3"));
  CHECK(admission.admit("2001:db8:0:2::1"));
  CHECK(admission.admit("192.0.2.1"));
  CHECK(admission.admit("192.0.2.1"));
  CHECK_FALSE(admission.admit("192.0.2.1"));
  CHECK(admission.admit("192.0.2.2"));
  // Each of the network makes room for each other.
  admission.signed_in("2001:db8:0:1::1");
  CHECK(admission.admit("2001:db8:0:1::4"));
  admission.closed("2001:db8:0:1:ffff::2", true);
  CHECK(admission.admit("2001:db8:0:1::5"));
  CHECK_FALSE(admission.admit("2001:db8:0:1::6"));
}
