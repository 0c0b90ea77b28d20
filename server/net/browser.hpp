#pragma once

#include <optional>
#include <string_view>

#include "server/net/http_exchange.hpp"

// What a request with a browser's cookie has to fulfil. The cookie goes along with every request that a
// browser sends here, whoever's page made it do so; so it counts only with what such a page can't add.
namespace wardroom::net {

// A method, as a browser calls it: its session's token goes into the cookie, or the cookie goes.
struct WebCall {
  std::string_view method;
  realtime::HttpCall::Cookie cookie = realtime::HttpCall::Cookie::none;
};
// What stands behind `web/…`; `name` is the path behind /api/v1/. Nothing: it is a method like any other.
std::optional<WebCall> find_web_call(std::string_view verb, std::string_view name);

// Why a call may not go by its cookie; nothing: it may, or has none. `is_browser`: it is one of those above.
// The Origin, where there is one, was looked at for all requests alike.
std::optional<HttpRefusal> check_cookie_of_call(const HttpRequest& request, bool is_browser);
// The same of a request about the bytes of a file. A download needs no header of a script's, since links and
// pictures have none.
std::optional<HttpRefusal> check_cookie_of_file(const HttpRequest& request);
// The same of an upgrade to a WebSocket, which can't have a header of a script's.
std::optional<HttpRefusal> check_cookie_of_upgrade(const HttpRequest& request);

}  // namespace wardroom::net
