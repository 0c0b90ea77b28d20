#pragma once

#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "common/base/error.hpp"
#include "common/link/tls_client.hpp"
#include "protocol/introduction.hpp"

namespace wardroom::link {

using WebSocket = boost::beast::websocket::stream<TlsStream, false>;

Error lost_error(const protocol::Introduction& introduction, const boost::system::error_code& failure);

// Asks a server, over TLS that is up, to speak Wardroom's protocol by WebSocket (RFC 6455). Nothing: it does;
// otherwise why not. `stream` lives as long as the coroutine.
boost::asio::awaitable<std::optional<Error>> upgrade(WebSocket& stream,
                                                     const protocol::Introduction& introduction);

}  // namespace wardroom::link
