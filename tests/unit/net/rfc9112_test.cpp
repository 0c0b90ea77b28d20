#include <catch2/catch.hpp>

#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

// What HTTP/1.1 asks of a server at its edges: where a request ends, whom it is for, and what HEAD and
// OPTIONS are.
using namespace wardroom;

namespace {

std::string all_of(EchoServer& server, std::string_view bytes) {
  TestClient client(server.port());
  client.send(bytes);
  client.finish_sending();
  return client.receive_all();
}

// Of the first response, when no other is to come.
int only_status_of(EchoServer& server, std::string_view bytes) {
  const std::string all = all_of(server, bytes);
  return all.size() > 12 ? std::stoi(all.substr(9, 3)) : 0;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a request whose end isn't understood is refused, and nothing behind it is taken for a request") {
  EchoServer server;
  for (const std::string coding : {"chunked, identity", "xchunked", "identity", "gzip", "chunked, chunked",
                                   "gzip, chunked", "chunked\r\nTransfer-Encoding: identity", ""}) {
    INFO(coding);
    const std::string all =
        all_of(server, "POST /api/v1/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + coding +
                           "\r\n\r\nGET /inner HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(all.starts_with("HTTP/1.1 400 "));
    CHECK(count(all, "HTTP/1.1 ") == 1);
    CHECK(all.find("Connection: close\r\n") != std::string::npos);
  }
}

TEST_CASE("a request names one host, and it is the office's") {
  EchoServer server([](net::Options& options) { options.hosts = {"chat.acme.example", "2001:db8::7"}; });
  const auto get = [&](const std::string& lines) {
    return only_status_of(server, "GET /a HTTP/1.1\r\n" + lines + "Connection: close\r\n\r\n");
  };
  CHECK(get("") == 400);
  CHECK(get("Host: chat.acme.example\r\nHost: chat.acme.example\r\n") == 400);
  CHECK(get("Host: evil.example\r\n") == 400);
  CHECK(get("Host: Chat.Acme.Example:7443\r\n") == 200);
  CHECK(get("Host: chat.acme.example.\r\n") == 200);
  // A name can be made to lead here by whoever owns it, an address can't: health checks come by these.
  CHECK(get("Host: 10.0.0.5:7443\r\n") == 200);
  CHECK(get("Host: [2001:db8::9]:7443\r\n") == 200);
  CHECK(get("Host: localhost\r\n") == 200);
  CHECK(only_status_of(server, "GET /a HTTP/1.0\r\n\r\n") == 200);
}

TEST_CASE("an origin is held against the office's hosts, not against what the request says of itself") {
  EchoServer server([](net::Options& options) { options.hosts = {"chat.acme.example"}; });
  const auto get = [&](const std::string& host, const std::string& origin) {
    return only_status_of(server, "GET /a HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin +
                                      "\r\nConnection: close\r\n\r\n");
  };
  CHECK(get("chat.acme.example:7443", "https://chat.acme.example:7443") == 200);
  CHECK(get("chat.acme.example", "https://chat.acme.example:443") == 200);
  CHECK(get("10.0.0.5:7443", "https://10.0.0.5:7443") == 403);
  CHECK(get("localhost:7443", "https://localhost:7443") == 403);
  CHECK(get("chat.acme.example:7443", "https://chat.acme.example:9000") == 403);
  CHECK(get("chat.acme.example:7443", "http://chat.acme.example:7443") == 403);
  CHECK(get("chat.acme.example:7443", "https://evil.example:7443") == 403);
}

TEST_CASE("HEAD is answered like GET without the body, OPTIONS with what is allowed") {
  EchoServer server;
  TestClient client(server.port());
  client.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = client.receive_until("\r\n\r\n");
  CHECK(head.starts_with("HTTP/1.1 200 "));
  CHECK(head.find("\r\nContent-Length: 9\r\n") != std::string::npos);
  client.send("OPTIONS /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string options = client.receive_until("\r\n\r\n");
  CHECK(options.starts_with("HTTP/1.1 204 "));
  CHECK(options.find("\r\nAllow: GET, HEAD, OPTIONS\r\n") != std::string::npos);
  CHECK(options.find("Content-Length") == std::string::npos);
  client.send("OPTIONS /api/v1/a HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive_until("\r\n\r\n").find("\r\nAllow: OPTIONS, POST\r\n") != std::string::npos);
  // A refusal of a HEAD has no body either: the next answer follows at once.
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n");
  CHECK(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 403 "));
  client.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive_response().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("the absolute form of a target is understood, and its host counts") {
  EchoServer server([](net::Options& options) { options.hosts = {"chat.acme.example"}; });
  const auto get = [&](const std::string& target) {
    return all_of(server,
                  "GET " + target + " HTTP/1.1\r\nHost: chat.acme.example\r\nConnection: close\r\n\r\n");
  };
  CHECK(get("https://chat.acme.example:7443/healthz?full=1").ends_with("\r\n\r\n/healthz?full=1|"));
  CHECK(get("http://chat.acme.example").ends_with("\r\n\r\n/|"));
  CHECK(get("https://evil.example/healthz").starts_with("HTTP/1.1 400 "));
}

TEST_CASE("several Connection lines are one list") {
  EchoServer server;
  CHECK(
      only_status_of(server,
                     "GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\nConnection: Upgrade\r\n"
                     "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: other\r\n"
                     "Sec-WebSocket-Protocol: wardroom.v1\r\n\r\n") == 101);
  CHECK(all_of(server, "GET /a HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n")
            .find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("refusals are charged like requests: over the rate the connection ends") {
  EchoServer server;
  TestClient client(server.port());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
  client.send(many);
  client.finish_sending();
  const std::string all = client.receive_all();
  CHECK(count(all, "HTTP/1.1 405 ") == 61);  // a burst, and one that says that it is the last
  CHECK(count(all, "Connection: close\r\n") == 1);
}
