#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ctl/commands/context.hpp"
#include "protocol/discovery.hpp"

namespace wardroom::ctl {

struct DiscoverArguments {
  std::vector<std::string> to;  // IPv4 addresses; none: everybody on this machine's networks
  std::uint16_t port = protocol::kDiscoveryPort;
};
// Asks the local network for servers. What answers is listed and trusted for nothing.
Result<void> discover(const Context& context, const DiscoverArguments& arguments);

}  // namespace wardroom::ctl
