#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace wardroom::domain {

// What counts as one source where limits go by address: an IPv4 address, or the /64 of an IPv6 address, of
// which one PC has as many addresses as it likes ("2001:db8:0:1::/64"). Text that is no address stays as it
// is.
std::string network_of(const std::string& ip);

// An address or a network, IPv4 as IPv4-mapped IPv6, so that each has one form however it was written.
struct Network {
  std::array<unsigned char, 16> first{};  // zeros behind `bits`
  int bits = 128;                         // that all its addresses share

  bool is_address() const { return bits == 128; }
  // Whether there is an address in both, which is so when one lies within the other.
  bool overlaps(const Network& other) const;
  bool operator==(const Network&) const = default;
};

// "192.0.2.7", "2001:DB8::1", "::ffff:192.0.2.7", "192.0.2.0/24", "2001:db8::/32"; or the beginning of an
// address up to a dot or a colon, "192.0.2." or "2001:db8:", which is a network too. Nothing where it is none
// of these.
std::optional<Network> parse_network(std::string_view text);

// An address as records have it: "192.0.2.7", "2001:db8::1".
std::string to_string(const Network& address);

}  // namespace wardroom::domain
