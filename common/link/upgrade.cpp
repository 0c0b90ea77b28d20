#include "common/link/upgrade.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket.hpp>

#include "common/link/link_error.hpp"
#include "protocol/limits.hpp"

namespace wardroom::link {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

Error upgrade_error(const websocket::response_type& response, const protocol::Introduction& introduction) {
  const std::string server = to_string(introduction);
  const auto status = response.result_int();
  if (status == 429 || status == 503)
    return link_error(reason::kServerBusy,
                      "The server at " + server + " takes no more connections just now.");
  return link_error(reason::kNotWardroom, "What answers at " + server +
                                              " isn't a Wardroom server, or an older one (HTTP status " +
                                              std::to_string(status) + "). Is the port right?");
}

}  // namespace

Error lost_error(const protocol::Introduction& introduction, const error_code& failure) {
  return link_error(reason::kConnectionLost, "The connection to " + to_string(introduction) + " broke off" +
                                                 (failure ? " (" + failure.message() + ")." : "."));
}

asio::awaitable<std::optional<Error>> upgrade(WebSocket& stream, const protocol::Introduction& introduction) {
  stream.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
    request.set(http::field::sec_websocket_protocol, protocol::kSubprotocol);
    request.set(http::field::user_agent, "wardroom");
  }));
  websocket::response_type response;
  error_code failure;
  co_await stream.async_handshake(response, to_string(introduction), protocol::kWebSocketPath,
                                  asio::redirect_error(asio::use_awaitable, failure));
  const bool is_not_http = failure.category() == error_code(http::error::bad_version).category();
  if (failure == websocket::error::upgrade_declined || is_not_http)
    co_return upgrade_error(response, introduction);
  if (failure) co_return lost_error(introduction, failure);
  if (response[http::field::sec_websocket_protocol] != protocol::kSubprotocol)
    co_return upgrade_error(response, introduction);
  co_return std::nullopt;
}

}  // namespace wardroom::link
