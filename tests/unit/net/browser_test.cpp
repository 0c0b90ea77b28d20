#include <catch2/catch.hpp>

#include "server/net/session_cookie.hpp"
#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

// What a browser's cookie counts for, and what other people's pages can do with a browser that has one.
using namespace wardroom;

namespace {

constexpr const char* kHost = "chat.acme.example:7443";
constexpr const char* kOwnOrigin = "Origin: https://chat.acme.example:7443\r\n";
constexpr const char* kCookie = "Cookie: __Host-wardroom=abc\r\n";
constexpr const char* kWebHeader = "X-Wardroom-Web: 1\r\n";

struct AcmeServer : EchoServer {
  AcmeServer() : EchoServer([](net::Options& given) { given.hosts = {"chat.acme.example"}; }) {}

  std::string answer(const std::string& verb, const std::string& target, const std::string& lines) {
    TestClient client(port());
    client.send(verb + " " + target + " HTTP/1.1\r\nHost: " + kHost + "\r\n" + lines +
                "Content-Length: 2\r\n\r\n{}");
    return client.receive_response();
  }
  int status(const std::string& verb, const std::string& target, const std::string& lines) {
    const std::string response = answer(verb, target, lines);
    return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0;
  }
  std::string upgrade(const std::string& lines) {
    TestClient client(port());
    client.send("GET /api/v1/ws HTTP/1.1\r\nHost: " + std::string(kHost) +
                "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: wardroom.v1\r\n" +
                lines + "\r\n");
    return client.receive_until("\r\n\r\n").substr(9, 3);
  }
};

net::SessionCookie cookies(std::initializer_list<std::string> lines) {
  net::SessionCookie found;
  for (const auto& line : lines) net::read_cookies(line, found);
  return found;
}

bool ends_with_text(const std::string& text, std::string_view end) {
  return text.ends_with(end);
}

}  // namespace

TEST_CASE("the session's cookie is found among others, and nothing else is taken for it") {
  CHECK(cookies({"__Host-wardroom=abc"}).token == "abc");
  CHECK(cookies({"a=1; __Host-wardroom=abc; b=2"}).token == "abc");
  CHECK(cookies({"a=1;__Host-wardroom = abc ;b=2"}).token == "abc");
  CHECK(cookies({"a=1", "__Host-wardroom=abc"}).token == "abc");
  CHECK(cookies({"__Host-wardroom=a=b"}).token == "a=b");
  for (const char* other :
       {"", ";", "=", ";;;=;", "__Host-wardroom", "__host-wardroom=abc", "x__Host-wardroom=abc",
        "__Host-wardroomx=abc", "a=__Host-wardroom=abc", "\"__Host-wardroom\"=abc", "__Host-wardroom="}) {
    INFO(other);
    CHECK(cookies({other}).token.empty());
    CHECK_FALSE(cookies({other}).is_twice);
  }
  CHECK(cookies({"__Host-wardroom=a; __Host-wardroom=a"}).is_twice);
  CHECK(cookies({"__Host-wardroom=; __Host-wardroom=a"}).is_twice);
  CHECK(cookies({"__Host-wardroom=a", "b=1; __Host-wardroom=b"}).is_twice);
  std::string many;
  for (int i = 0; i < 4000; ++i) many += "a=;";
  CHECK(cookies({many + "__Host-wardroom=abc"}).token == "abc");
}

TEST_CASE("a call goes by the cookie only with the header that no foreign page can add") {
  AcmeServer server;
  const auto call = [&](const std::string& lines) { return server.status("POST", "/api/v1/a", lines); };
  CHECK(call(kCookie) == 403);
  CHECK(call(std::string(kCookie) + kOwnOrigin) == 403);
  CHECK(call(std::string(kCookie) + "X-Wardroom-Web: 0\r\n") == 403);
  CHECK(call(std::string(kCookie) + kWebHeader) == 200);
  CHECK(call(std::string(kCookie) + kWebHeader + kOwnOrigin) == 200);
  const std::string answer =
      server.answer("POST", "/api/v1/a", std::string(kCookie) + kWebHeader + kOwnOrigin);
  CHECK(ends_with_text(answer, "a|abc|{}"));
  CHECK(answer.find("\r\nX-Cookie: 1\r\n") != std::string::npos);
  // A form, a page of another office's port, a sandboxed frame.
  for (const char* origin : {"https://evil.example", "https://chat.acme.example:9000",
                             "https://chat.acme.example", "http://chat.acme.example:7443", "null",
                             "https://chat.acme.example:7443\r\nOrigin: https://evil.example"}) {
    INFO(origin);
    CHECK(call(std::string(kCookie) + kWebHeader + "Origin: " + origin + "\r\n") == 403);
  }
  CHECK(call(std::string("Cookie: __Host-wardroom=a; __Host-wardroom=b\r\n") + kWebHeader) == 400);
  CHECK(call(std::string("Cookie: __Host-wardroom=a\r\nCookie: __Host-wardroom=b\r\n") + kWebHeader) == 400);
  // A program has no cookie, and needs no header.
  CHECK(call("Authorization: Bearer abc\r\n") == 200);
  CHECK(call("Cookie: other=1\r\nAuthorization: Bearer abc\r\n") == 200);
}

TEST_CASE("a cookie and an Authorization at once are refused, whichever is right") {
  AcmeServer server;
  const std::string both = std::string(kCookie) + kWebHeader + "Authorization: Bearer abc\r\n";
  CHECK(server.status("POST", "/api/v1/a", both) == 400);
  CHECK(server.status("DELETE", "/api/v1/web/session", both) == 400);
  CHECK(server.upgrade(std::string(kCookie) + kOwnOrigin + "Authorization: Bearer abc\r\n") == "400");
}

TEST_CASE("a page is shown whatever cookies come along, and none of them counts there") {
  AcmeServer server;
  CHECK(ends_with_text(server.answer("GET", "/metrics", kCookie), "/metrics|"));
  CHECK(ends_with_text(
      server.answer("GET", "/",
                    "Cookie: __Host-wardroom=a; __Host-wardroom=b; " + std::string(7000, 'x') + "\r\n"),
      "/|"));
}

TEST_CASE("a file is downloaded by the cookie alone, as links and pictures ask, but not for other pages") {
  AcmeServer server;
  const std::string file = "/api/v1/files/0";
  const std::string answer = server.answer("GET", file, kCookie);
  CHECK(answer.starts_with("HTTP/1.1 200 "));
  CHECK(answer.find("\r\nX-Token: abc (cookie)\r\n") != std::string::npos);
  CHECK(server.answer("GET", file, "Authorization: Bearer abc\r\n").find("\r\nX-Token: abc\r\n") !=
        std::string::npos);
  CHECK(server.answer("GET", file, "").find("\r\nX-Token: \r\n") != std::string::npos);
  const auto status = [&](const std::string& lines) { return server.status("GET", file, lines); };
  for (const char* site : {"same-origin", "none"}) {
    INFO(site);
    CHECK(status(std::string(kCookie) + "Sec-Fetch-Site: " + site + "\r\n") == 200);
  }
  // Another port or another name of the company's is the same site, and gets the cookie along.
  for (const char* site : {"same-site", "cross-site", "?"}) {
    INFO(site);
    CHECK(status(std::string(kCookie) + "Sec-Fetch-Site: " + site + "\r\n") == 403);
  }
  CHECK(status(std::string(kCookie) + "Origin: https://evil.example\r\n") == 403);
  CHECK(status("Cookie: __Host-wardroom=a; __Host-wardroom=b\r\n") == 400);
  CHECK(status(std::string(kCookie) + "Authorization: Bearer abc\r\n") == 400);
  // A script of the page's own.
  CHECK(status(std::string(kCookie) + kWebHeader + kOwnOrigin) == 200);
}

TEST_CASE("an upload goes by the cookie as a call does, and asking for its offset is no download") {
  AcmeServer server;
  const std::string upload = "/api/v1/uploads/refuse";  // answered with 413 where it comes through
  CHECK(server.status("PATCH", upload, "Authorization: Bearer abc\r\n") == 413);
  CHECK(server.status("PATCH", upload, std::string(kCookie) + kWebHeader) == 413);
  for (const char* verb : {"GET", "HEAD", "PATCH", "POST", "DELETE"}) {
    INFO(verb);
    CHECK(server.status(verb, upload, kCookie) == 403);
  }
  for (const char* verb : {"PATCH", "POST", "DELETE"}) {
    INFO(verb);
    CHECK(server.status(verb, "/api/v1/files/0", kCookie) == 403);
  }
  CHECK(server.status("PATCH", upload, std::string(kCookie) + kWebHeader + "Authorization: Bearer a\r\n") ==
        400);
}

TEST_CASE("a browser signs in and out by calls of its own, which no foreign page can make") {
  AcmeServer server;
  const auto answer = [&](const char* verb, const char* target, const std::string& lines) {
    return server.answer(verb, target, lines);
  };
  const std::string opened = answer("POST", "/api/v1/web/session", kWebHeader);
  CHECK(ends_with_text(opened, "session.open||{}"));
  CHECK(opened.find("\r\nX-Cookie: 2\r\n") != std::string::npos);
  // A cookie of before is no reason to refuse somebody who signs in.
  CHECK(ends_with_text(answer("POST", "/api/v1/web/session", std::string(kCookie) + kWebHeader),
                       "session.open||{}"));
  CHECK(ends_with_text(answer("POST", "/api/v1/web/invite", kWebHeader), "account.accept_invite||{}"));
  const std::string closed = answer("DELETE", "/api/v1/web/session", std::string(kCookie) + kWebHeader);
  CHECK(ends_with_text(closed, "session.close|abc|{}"));
  CHECK(closed.find("\r\nX-Cookie: 3\r\n") != std::string::npos);
  for (const char* verb : {"POST", "DELETE"}) {
    CHECK(server.status(verb, "/api/v1/web/session", "") == 403);
    CHECK(server.status(verb, "/api/v1/web/session", kCookie) == 403);
    CHECK(server.status(verb, "/api/v1/web/session",
                        std::string(kCookie) + kWebHeader + "Origin: https://evil.example\r\n") == 403);
  }
  CHECK(server.status("DELETE", "/api/v1/a", kWebHeader) == 405);
  CHECK(server.status("DELETE", "/api/v1/web/invite", kWebHeader) == 405);
}

TEST_CASE("a WebSocket with the cookie comes from a page of the office's own") {
  AcmeServer server;
  CHECK(server.upgrade(std::string(kCookie) + kOwnOrigin) == "101");
  CHECK(server.upgrade(kCookie) == "403");
  for (const char* origin :
       {"https://evil.example", "https://chat.acme.example:9000", "null", "http://chat.acme.example:7443",
        "https://chat.acme.example.evil.example:7443"}) {
    INFO(origin);
    const std::string line = "Origin: " + std::string(origin) + "\r\n";
    CHECK(server.upgrade(kCookie + line) == "403");
    // Also where a desktop's token would come later.
    CHECK(server.upgrade(line) == "403");
  }
  CHECK(server.upgrade(std::string("Cookie: __Host-wardroom=a; __Host-wardroom=b\r\n") + kOwnOrigin) ==
        "400");
  // A program.
  CHECK(server.upgrade("") == "101");
}

TEST_CASE("the upgrade's cookie stays with the WebSocket, and only with it") {
  AcmeServer server;
  const auto cookie_of = [&](const std::string& lines) {
    TestClient client(server.port());
    client.send("GET /api/v1/ws HTTP/1.1\r\nHost: " + std::string(kHost) +
                "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: wardroom.v1\r\n" +
                lines + "\r\n");
    client.receive_until("\r\n\r\n");
    client.send_text("cookie");
    return client.receive_message().payload;
  };
  CHECK(cookie_of(std::string(kCookie) + kOwnOrigin) == "cookie abc");
  CHECK(cookie_of("") == "cookie ");
}

TEST_CASE("a cookie holds no more memory before sign-in than a token, and no head is over its limit") {
  AcmeServer server;
  const auto status = [&](const std::string& lines, std::size_t body) {
    TestClient client(server.port());
    client.send("POST /api/v1/a HTTP/1.1\r\nHost: " + std::string(kHost) + "\r\n" + lines +
                "Content-Length: " + std::to_string(body) + "\r\n\r\n" + std::string(body, 'b'));
    return client.receive_response().substr(9, 3);
  };
  CHECK(status(kWebHeader, 60'000) == "413");
  CHECK(status(std::string("Cookie: other=1\r\n") + kWebHeader, 60'000) == "413");
  CHECK(status(std::string(kCookie) + kWebHeader, 60'000) == "200");
  CHECK(status("Cookie: __Host-wardroom=" + std::string(9'000, 'c') + "\r\n", 2) == "431");
}

TEST_CASE("what is asked for at once is answered one after the other, not piled up") {
  constexpr int kAsked = 20;
  EchoServer server;
  TestClient client(server.port());
  client.take_little();
  std::string all;
  for (int i = 0; i < kAsked; ++i) all += "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send(all);
  while (server.sink.large_answers == 0) server.settle();
  for (int i = 0; i < 100; ++i) server.settle();
  // What the systems keep on the way, and one more; nobody has read anything.
  CHECK(server.sink.large_answers < kAsked);
  for (int i = 0; i < kAsked; ++i) {
    const std::string response = client.receive_response();
    CHECK(response.size() > kLargeAnswer);
  }
  CHECK(server.sink.large_answers == kAsked);
}
