#include "server/net/browser.hpp"

namespace wardroom::net {
namespace {

using CookieUse = realtime::HttpCall::Cookie;

HttpRefusal cookie_twice() {
  return {400, "request", "The cookie __Host-wardroom came twice: it isn't clear which one counts.", {}};
}

HttpRefusal two_credentials() {
  return {400,
          "two_credentials",
          "Send the cookie or an Authorization, not both: it must be clear who calls.",
          {}};
}

// A form or a picture of another page can't add the header; a script of another page would have to ask first,
// and is answered nothing that allows it (CORS).
std::optional<HttpRefusal> check_web_header(const HttpRequest& request) {
  if (request.web_header == "1") return std::nullopt;
  return HttpRefusal{403, "web_header_missing", "A call with the cookie must carry X-Wardroom-Web: 1.", {}};
}

}  // namespace

std::optional<WebCall> find_web_call(std::string_view verb, std::string_view name) {
  if (name == "web/session" && verb == "POST") return WebCall{"session.open", CookieUse::set};
  if (name == "web/session" && verb == "DELETE") return WebCall{"session.close", CookieUse::cleared};
  if (name == "web/invite" && verb == "POST") return WebCall{"account.accept_invite", CookieUse::set};
  return std::nullopt;
}

std::optional<HttpRefusal> check_cookie_of_call(const HttpRequest& request, bool is_browser) {
  if (request.cookie.is_twice) return cookie_twice();
  const bool has_cookie = !request.cookie.token.empty();
  if (!has_cookie && !is_browser) return std::nullopt;
  if (request.has_authorization) return two_credentials();
  return check_web_header(request);
}

std::optional<HttpRefusal> check_cookie_of_file(const HttpRequest& request) {
  if (request.verb == "OPTIONS") return std::nullopt;  // is answered whoever asks
  if (request.cookie.is_twice) return cookie_twice();
  if (request.cookie.token.empty()) return std::nullopt;
  if (request.has_authorization) return two_credentials();
  // HEAD of an upload takes it over; of a file it reads, as GET does.
  const bool is_download =
      request.target.starts_with(realtime::kFilesPath) && (request.verb == "GET" || request.verb == "HEAD");
  if (!is_download || request.web_header == "1") return check_web_header(request);
  // SameSite=Strict keeps the cookie from other sites' pages, but other ports and other names of the
  // company's are the same site. What such a page gets it can't read (Cross-Origin-Resource-Policy), but an
  // office that records downloads would record one that the person never asked for.
  if (request.fetch_site.empty() || request.fetch_site == "same-origin" || request.fetch_site == "none")
    return std::nullopt;
  return HttpRefusal{403, "cross_origin", "Pages of other origins may not use this server.", {}};
}

std::optional<HttpRefusal> check_cookie_of_upgrade(const HttpRequest& request) {
  if (request.cookie.is_twice) return cookie_twice();
  if (request.cookie.token.empty()) return std::nullopt;
  if (request.has_authorization) return two_credentials();
  // Browsers always send it, so this is none, or one that was made to leave it out.
  if (request.origin.empty())
    return HttpRefusal{403, "cross_origin", "A WebSocket with the cookie must say its Origin.", {}};
  return std::nullopt;
}

}  // namespace wardroom::net
