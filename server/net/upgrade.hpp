#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "server/net/http_exchange.hpp"

namespace wardroom::net {

// The answer to `Sec-WebSocket-Key` (RFC 6455 section 4.2.2).
std::string compute_accept_key(std::string_view key);

// Whether a browser's page of another origin sent the request: an Origin header that doesn't name the host
// that was asked. Programs send none.
bool is_cross_origin(const HttpRequest& request);

// The opening handshake (section 4.2): the whole `101 Switching Protocols` response, or why not.
std::variant<std::string, HttpRefusal> check_upgrade(const HttpRequest& request);

}  // namespace wardroom::net
