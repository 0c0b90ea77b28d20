#pragma once

#include "server/credentials/password_hash.hpp"

namespace wardroom::credentials {

// Enough for a test: the cost under which libsodium refuses is 8 KiB and one pass.
inline constexpr HashCost kCheap{64, 1};

}  // namespace wardroom::credentials
