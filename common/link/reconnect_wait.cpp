#include "common/link/reconnect_wait.hpp"

#include <algorithm>

namespace wardroom::link {

using std::chrono::milliseconds;

namespace {

// A server that restarts, for an upgrade too, is there again within seconds: whoever came too early comes
// again as soon as whoever didn't.
constexpr unsigned kLevelAttempts = 3;

}  // namespace

milliseconds reconnect_wait(milliseconds least, milliseconds most, milliseconds cap, unsigned attempt,
                            const RandomBelow& random) {
  // The bounds come from the server: an hour at most, and never below nothing.
  constexpr milliseconds kSane = std::chrono::hours{1};
  cap = std::clamp(cap, milliseconds{0}, kSane);
  least = std::clamp(least, milliseconds{0}, cap);
  most = std::clamp(most, least, cap);
  for (unsigned i = kLevelAttempts; i <= attempt && most < cap; ++i)
    most = std::min(cap, std::max(milliseconds{1}, most * 2));
  const auto span = static_cast<std::uint32_t>((most - least).count());
  return least + milliseconds{span == 0 ? 0 : random(span + 1)};
}

}  // namespace wardroom::link
