#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/link/find_addresses.hpp"

namespace wardroom::link {

// The pin of the CA that the server shows, for a person who typed a fingerprint instead of pasting a link:
// compare with protocol::matches_fingerprint before you put it into an protocol::Introduction. Does the TLS
// handshake and hangs up; no byte of ours reaches the server within TLS, so nothing is lost to a stranger.
// Blocks the calling thread, at most for `timeout`, or until `stop` is asked for.
Result<Digest> fetch_pin(const std::string& host, std::uint16_t port,
                         std::chrono::milliseconds timeout = std::chrono::seconds{10},
                         std::stop_token stop = {}, FindAddresses find_addresses = {});

}  // namespace wardroom::link
