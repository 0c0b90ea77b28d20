#include <cstdlib>

#include "server/net/browser.hpp"
#include "server/net/http_exchange.hpp"
#include "server/net/upgrade.hpp"

// Bytes from anybody before sign-in, in pieces of any size: requests come out within the limits, or a refusal
// with an HTTP status; every request goes through the checks of the upgrade.

using namespace wardroom::net;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_request(const HttpRequest& request, const Options& options) {
  const bool is_anonymous = request.token.empty() && request.cookie.token.empty();
  require(request.body.size() <=
          (is_anonymous ? options.max_body_bytes_before_sign_in : options.max_body_bytes));
  // What goes by the cookie has said that it may.
  const bool has_cookie = !request.cookie.token.empty();
  if (!check_cookie_of_call(request, false) && has_cookie)
    require(request.web_header == "1" && !request.cookie.is_twice && !request.has_authorization);
  if (!check_cookie_of_file(request) && has_cookie && request.verb != "OPTIONS") {
    require(!request.cookie.is_twice && !request.has_authorization);
    require(request.web_header == "1" || request.verb == "GET" || request.verb == "HEAD");
  }
  if (!check_cookie_of_upgrade(request) && has_cookie)
    require(!request.origin.empty() && !request.cookie.is_twice && !request.has_authorization);
  const std::vector<std::string> hosts{"chat.acme.example"};
  (void)is_foreign_host(request, hosts);
  (void)is_cross_origin(request, hosts);
  const auto checked = check_upgrade(request);
  if (const auto* refusal = std::get_if<HttpRefusal>(&checked))
    (void)compose_refusal(*refusal, {request.keep_alive, request.verb == "HEAD"});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 1) return 0;
  static const Options options = [] {
    Options small;
    small.max_header_bytes = 512;
    small.max_body_bytes = 256;
    small.max_body_bytes_before_sign_in = 64;
    return small;
  }();
  const std::size_t piece = data[0] + 1U;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  HttpExchange exchange(options);
  while (!rest.empty()) {
    auto progress = exchange.feed(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    while (progress == HttpExchange::Progress::complete) {
      check_request(exchange.request(), options);
      exchange.next();
      progress = exchange.feed({});
    }
    if (progress == HttpExchange::Progress::head) {  // the rest is bytes of a file
      check_request(exchange.request(), options);
      require(exchange.file_request().body_bytes >= 0);
      break;
    }
    if (progress == HttpExchange::Progress::refused) {
      require(exchange.refusal().status >= 400);
      break;
    }
  }
  return 0;
}
