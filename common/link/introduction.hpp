#pragma once

#include <string>

#include "protocol/introduction.hpp"
#include "protocol/invite_link.hpp"

namespace wardroom::link {

using protocol::Introduction;

inline Introduction introduction_of(const protocol::InviteLink& link) {
  return {link.host, link.port, link.ca_pin};
}

// "host:port", with brackets around an IPv6 address.
std::string to_string(const Introduction& introduction);

}  // namespace wardroom::link
