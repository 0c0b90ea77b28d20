#pragma once

#include <string>

namespace wardroom::domain {

// What counts as one source where limits go by address: an IPv4 address, or the /64 of an IPv6 address, of
// which one PC has as many addresses as it likes ("2001:db8:0:1::/64"). Text that is no address stays as it
// is.
std::string network_of(const std::string& ip);

}  // namespace wardroom::domain
