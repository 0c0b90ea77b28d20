#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "common/base/result.hpp"
#include "common/link/discovery_search.hpp"

namespace wardroom::link {

struct DiscoverOptions {
  std::uint16_t port = protocol::kDiscoveryPort;
  std::vector<std::uint32_t> only;  // these addresses; empty: everybody on the networks of this PC
};

// Asks the LAN for servers (decision 0057). What answers isn't trusted for it: it names an address, no more.
// `found` is told of the list each time that it has grown. Blocks the calling thread for less than four
// seconds, or until `stop` is asked for. The error says why nobody can be asked.
Result<FoundServers> discover(const DiscoverOptions& options,
                              const std::function<void(const FoundServers&)>& found, std::stop_token stop);

}  // namespace wardroom::link
