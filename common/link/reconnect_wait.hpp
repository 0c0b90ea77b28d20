#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace wardroom::link {

// Gives a uniform number in [0, bound).
using RandomBelow = std::function<std::uint32_t(std::uint32_t bound)>;

// How long to wait before attempt number `attempt` (0: the first after a loss): a random time between `least`
// and `most`, which is doubled with each attempt from the fourth on, but at most `cap`. So a thousand clients
// of a restarted server come back one by one.
std::chrono::milliseconds reconnect_wait(std::chrono::milliseconds least, std::chrono::milliseconds most,
                                         std::chrono::milliseconds cap, unsigned attempt,
                                         const RandomBelow& random);

}  // namespace wardroom::link
