#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/net/http_exchange.hpp"

namespace wardroom::net {

// The answer to `Sec-WebSocket-Key` (RFC 6455 section 4.2.2).
std::string compute_accept_key(std::string_view key);

// Whether the request asks for a name that isn't one of `hosts` (none: any is right), as a page does whose
// own name was made to lead here. An address, and localhost, can't be made to.
bool is_foreign_host(const HttpRequest& request, const std::vector<std::string>& hosts);
// Whether a browser's page of another origin sent the request: an Origin header that isn't https, one of
// `hosts` (none: the host that was asked) and the port that was asked. Programs send none.
bool is_cross_origin(const HttpRequest& request, const std::vector<std::string>& hosts);

// The opening handshake (section 4.2): the whole `101 Switching Protocols` response, or why not.
std::variant<std::string, HttpRefusal> check_upgrade(const HttpRequest& request);

}  // namespace wardroom::net
