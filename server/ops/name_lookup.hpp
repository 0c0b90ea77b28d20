#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <netdb.h>
#include <string>

#include "common/base/result.hpp"

namespace wardroom::ops {

using Addresses = std::shared_ptr<const addrinfo>;
// As getaddrinfo(3); tests pass their own.
using Resolve = std::function<int(const char*, const char*, const addrinfo*, addrinfo**)>;

// Waits for the system's resolver for `patience` at most. It can't be interrupted, so it runs on a thread of
// its own, which shares only its result with whoever waits: who gives up goes on, and a stop isn't held up by
// it. One at a time in a process: while an earlier one hasn't come back, `unavailable` at once.
Result<Addresses> look_up(const std::string& host, const std::string& port,
                          std::chrono::milliseconds patience, Resolve resolve = &getaddrinfo);

}  // namespace wardroom::ops
