#include <thread>

#include <catch2/catch.hpp>

#include "server/net/http_exchange.hpp"
#include "server/net/upgrade.hpp"
#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

using namespace wardroom;
using namespace std::chrono_literals;

namespace {

bool ends_with_body(const std::string& response, std::string_view body) {
  return response.ends_with("\r\n\r\n" + std::string(body));
}

// Status of the first response to these bytes on a connection of their own; 0: closed without one.
int status_of(EchoServer& server, std::string_view bytes) {
  TestClient client(server.port());
  client.send(bytes);
  const std::string response = client.receive_response();
  return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0;
}

std::string upgrade_with(std::string_view instead_of, std::string_view put) {
  std::string text =
      "GET /api/v1/ws HTTP/1.1\r\nHost: localhost:7443\r\nConnection: keep-alive, Upgrade\r\nUpgrade: "
      "websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: other, wardroom.v1\r\n\r\n";
  if (!instead_of.empty()) text.replace(text.find(instead_of), instead_of.size(), put);
  return text;
}

}  // namespace

TEST_CASE("calls and gets reach the sink, several on one connection") {
  EchoServer server;
  TestClient client(server.port());
  client.send(
      "POST /api/v1/message.post HTTP/1.1\r\nHost: x\r\nAuthorization: bearer abc\r\nContent-Length: "
      "2\r\n\r\n{}");
  CHECK(ends_with_body(client.receive_response(), "message.post|abc|{}"));
  client.send("GET /healthz?full=1 HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string health = client.receive_response();
  CHECK(health.find("Content-Type: text/plain\r\n") != std::string::npos);
  CHECK(ends_with_body(health, "/healthz?full=1|"));
}

TEST_CASE("requests sent at once are answered one after the other") {
  EchoServer server;
  TestClient client(server.port());
  std::string all;
  for (int i = 0; i < 20; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 20; ++i)
    CHECK(ends_with_body(client.receive_response(), "/" + std::to_string(i) + "|"));
}

TEST_CASE("Connection: close and HTTP/1.0 end after the answer") {
  EchoServer server;
  for (const char* request :
       {"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\nHost: x\r\n\r\n"}) {
    TestClient client(server.port());
    client.send(request);
    const std::string all = client.receive_all();
    CHECK(all.find("Connection: close\r\n") != std::string::npos);
    CHECK(ends_with_body(all, "/a|"));
  }
  server.wait_for_connections(0);
  CHECK(server.sink.open == 0);
}

TEST_CASE("who stops sending behind a request still gets the answer") {
  EchoServer server;
  TestClient client(server.port());
  client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  client.finish_sending();
  CHECK(ends_with_body(client.receive_all(), "/a|"));
}

namespace {

constexpr std::size_t kLargeBody = 16'000'000;  // more than systems keep on the way

// Has a large answer on its way to a client that takes it slowly.
void ask_much(EchoServer& server, TestClient& client, std::string_view request) {
  client.take_little();
  client.send(request);
  while (!server.sink.waiting) server.settle();
  server.server->executor(0).post([peer = server.sink.waiting.load()] {
    peer->answer({200, "text/plain", std::string(kLargeBody, 'x'), 0});
  });
}

// Reads all that comes, a line of 33 KB a second; returns the length of the body.
std::size_t read_slowly(EchoServer& server, TestClient& client) {
  std::string all;
  for (std::size_t before = 0;; before = all.size()) {
    while (all.size() < before + 300'000) {
      const std::string part = client.receive();
      if (part.empty()) return all.size() - (all.find("\r\n\r\n") + 4);
      all += part;
    }
    server.pass(9s);
  }
}

constexpr const char* kEndingCall =
    "POST /api/v1/later HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";

}  // namespace

TEST_CASE("an answer is read to its end, however slowly, also where the connection ends with it") {
  EchoServer server;
  TestClient client(server.port());
  SECTION("Connection: close") {
    ask_much(server, client, kEndingCall);
    CHECK(read_slowly(server, client) == kLargeBody);
  }
  SECTION("HTTP/1.0") {
    ask_much(server, client, "POST /api/v1/later HTTP/1.0\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    CHECK(read_slowly(server, client) == kLargeBody);
  }
  SECTION("the other end has nothing more to send") {
    ask_much(server, client, "POST /api/v1/later HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    client.finish_sending();
    CHECK(read_slowly(server, client) == kLargeBody);
  }
  SECTION("the server stops meanwhile") {
    ask_much(server, client, kEndingCall);
    client.receive_until("\r\n\r\n");
    std::thread stopping([&] { server.server->stop(20s); });
    std::size_t read = 0;
    for (int i = 1; i <= 4; ++i) {
      while (read < static_cast<std::size_t>(i) * 300'000) read += client.receive().size();
      server.pass(9s);
    }
    read += client.receive_all().size();
    stopping.join();
    CHECK(read == kLargeBody);
    return;
  }
  // From its last byte on, the other end has 3 s to close.
  server.settle();
  server.pass(3s);
  server.wait_for_connections(0);
}

TEST_CASE("who doesn't read an answer that ends the connection is dropped as stalled") {
  EchoServer server;
  TestClient client(server.port());
  ask_much(server, client, kEndingCall);
  client.receive_until("\r\n\r\n");
  for (int i = 0; i < 4; ++i) server.pass(10s);  // what is on its way is taken meanwhile
  server.wait_for_connections(0);
}

TEST_CASE("a body after 100-continue, and Retry-After") {
  EchoServer server;
  TestClient client(server.port());
  client.send("POST /api/v1/busy HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
  const std::string busy = client.receive_response();
  CHECK(busy.starts_with("HTTP/1.1 503 "));
  CHECK(busy.find("\r\nRetry-After: 7\r\n") != std::string::npos);
  client.send("POST /api/v1/a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.receive_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("{}");
  CHECK(ends_with_body(client.receive_response(), "a||{}"));
}

TEST_CASE("bad requests get exact statuses") {
  EchoServer server;
  const std::string big(70'000, 'b');
  struct Row {
    std::string request;
    int status;
  };
  const Row rows[] = {
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/9.9\r\n\r\n", 505},
      {"GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(9'000, 'h') + "\r\n\r\n", 431},
      {"POST /api/v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n", 413},
      {"POST /api/v1/a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 70000\r\n\r\n" + big,
       413},
      {"POST /api/v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
      {"POST /api/v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
       400},
      {"POST /api/v1/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 411},
      {"POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404},
      {"POST /api/v1/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404},
      {"PUT /api/v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 405},
      {"GET /api/v1/ws HTTP/1.1\r\nHost: x\r\n\r\n", 426},
      {"GET / HTTP/1.1\r\nHost: office:7443\r\nOrigin: https://evil.example\r\n\r\n", 403},
      {"GET / HTTP/1.1\r\nHost: office:7443\r\nOrigin: http://office:7443\r\n\r\n", 403},
      {"GET / HTTP/1.1\r\nHost: office:7443\r\nOrigin: null\r\n\r\n", 403},
      {"GET / HTTP/1.1\r\nHost: office:7443\r\nOrigin: https://Office:7443\r\n\r\n", 200},
      {"POST /api/v1/a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 60000\r\n\r\n" +
           std::string(60'000, 'b'),
       200},
  };
  for (const Row& row : rows) {
    INFO(row.request.substr(0, 120));
    CHECK(status_of(server, row.request) == row.status);
  }
}

TEST_CASE("a refusal is a problem document, and the connection goes on where it can") {
  EchoServer server;
  TestClient client(server.port());
  client.send("PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  const std::string response = client.receive_response();
  CHECK(response.find("Content-Type: application/problem+json\r\n") != std::string::npos);
  CHECK(response.find("\r\nAllow: GET, HEAD, OPTIONS, POST\r\n") != std::string::npos);
  CHECK(ends_with_body(response, R"({"type":"about:blank","status":405,"title":"method_not_allowed",)"
                                 R"("detail":"Only GET, HEAD, OPTIONS and POST are answered here.",)"
                                 R"("code":"method_not_allowed"})"));
  client.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(ends_with_body(client.receive_response(), "/next|"));
}

TEST_CASE("the upgrade is checked in every part") {
  EchoServer server;
  CHECK(status_of(server, upgrade_with("", "")) == 101);
  CHECK(status_of(server, upgrade_with("keep-alive, Upgrade", "keep-alive")) == 426);
  CHECK(status_of(server, upgrade_with("Upgrade: websocket", "Upgrade: h2c")) == 426);
  CHECK(status_of(server, upgrade_with("Version: 13", "Version: 8")) == 426);
  CHECK(status_of(server, upgrade_with("dGhlIHNhbXBsZSBub25jZQ==", "short")) == 400);
  CHECK(status_of(server, upgrade_with("other, wardroom.v1", "other")) == 400);
  CHECK(status_of(server, upgrade_with("Host: localhost:7443",
                                       "Host: localhost:7443\r\nOrigin: https://a.b")) == 403);
}

TEST_CASE("the accept key of RFC 6455 section 1.3") {
  CHECK(net::compute_accept_key("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("slow HTTP ends: no request within 10 s, a request that takes longer, an idle connection") {
  EchoServer server;
  TestClient silent(server.port());
  TestClient dripping(server.port());
  TestClient idle(server.port());
  idle.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(ends_with_body(idle.receive_response(), "/a|"));
  dripping.send("GET / HTTP/1.1\r\nHost:");
  server.wait_for_connections(3);
  server.pass(9s);
  dripping.send(" x");
  server.pass(2s);
  CHECK(silent.receive_all().empty());
  CHECK(dripping.receive_all().empty());
  server.wait_for_connections(1);
  idle.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(ends_with_body(idle.receive_response(), "/b|"));
  server.pass(31s);
  CHECK(idle.receive_all().empty());
}
