#include <functional>

#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

using namespace wardroom;
using namespace std::chrono_literals;

namespace {

void use_one_thread(net::Options& options) {
  options.threads = 1;
}

std::string upload_of(std::size_t size, const std::string& path = "", const std::string& lines = "") {
  return "PATCH /api/v1/uploads" + path +
         " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer abc\r\nContent-Length: " + std::to_string(size) +
         "\r\n" + lines + "\r\n";
}

std::string some_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 256);
  return bytes;
}

std::string described(const std::string& bytes) {
  return std::to_string(bytes.size()) + " " + to_hex(sha256(as_bytes(bytes)));
}

// On the network thread, and waits for its end.
void run_there(EchoServer& server, const std::function<void()>& act) {
  server.server->executor(0).post(act);
  server.settle();
}

void answer_all(EchoServer& server) {
  for (bool more = true; more;) run_there(server, [&] { more = server.sink.answer_question(); });
}

}  // namespace

TEST_CASE("a body about files comes in small pieces, whole, and the next request behind it is answered") {
  EchoServer server(use_one_thread);
  TestClient client(server.port());
  const std::string bytes = some_bytes(1'000'000);
  client.send(upload_of(bytes.size()) + bytes + "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive_response().ends_with(described(bytes)));
  CHECK(server.sink.largest_piece <= realtime::RequestSink::kMaxBodyPiece);
  CHECK(client.receive_response().ends_with("/next|"));
}

TEST_CASE("a body of nothing is a whole body") {
  EchoServer server(use_one_thread);
  TestClient client(server.port());
  client.send(upload_of(0));
  CHECK(client.receive_response().ends_with(described("")));
}

TEST_CASE("a sink that pauses gets nothing more until it goes on") {
  EchoServer server(use_one_thread);
  TestClient client(server.port());
  const std::string bytes = some_bytes(100'000);
  client.send(upload_of(bytes.size(), "/slow") + bytes);
  std::size_t before = 0;
  while (before < bytes.size()) {
    while (server.sink.received == before) server.settle();
    const std::size_t now = server.sink.received;
    CHECK(now - before <= realtime::RequestSink::kMaxBodyPiece);
    server.settle();
    CHECK(server.sink.received == now);
    before = now;
    if (now < bytes.size()) run_there(server, [&] { server.sink.waiting.load()->receive(); });
  }
  CHECK(client.receive_response().ends_with(described(bytes)));
}

TEST_CASE("who waits for leave to send a body gets it only when the body is taken") {
  EchoServer server(use_one_thread);
  {
    TestClient client(server.port());
    client.send(upload_of(4, "", "Expect: 100-continue\r\n"));
    CHECK(client.receive_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("four");
    CHECK(client.receive_response().ends_with(described("four")));
  }
  TestClient client(server.port());
  client.send(upload_of(4, "/refuse", "Expect: 100-continue\r\n"));
  const std::string all = client.receive_all();
  CHECK(all.starts_with("HTTP/1.1 413 "));
  CHECK(all.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("an upload of which nothing comes any more is let go of, and one that comes slowly isn't") {
  EchoServer server(use_one_thread);
  TestClient client(server.port());
  client.send(upload_of(1000) + "begun");
  while (server.sink.received < 5) server.settle();
  server.pass(60s);
  client.send("x");
  while (server.sink.received < 6) server.settle();
  server.pass(60s);
  CHECK(server.server->stats().connections == 1);
  server.pass(101s);
  server.wait_for_connections(0);
}

TEST_CASE("an answer in pieces is whole, asked for one piece at a time, and none of a HEAD") {
  EchoServer server(use_one_thread);
  TestClient client(server.port());
  client.send("GET /api/v1/files/2500 HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = client.receive_until("\r\n\r\n");
  CHECK(head.find("Content-Length: 2500\r\n") != std::string::npos);
  CHECK(head.find("ETag: \"x\"\r\n") != std::string::npos);
  CHECK(head.find("X-Content-Type-Options: nosniff\r\n") != std::string::npos);
  std::string body;
  while (body.size() < 2500) {
    answer_all(server);
    body += client.receive();
  }
  CHECK(body == std::string(2500, 'y'));
  client.send("HEAD /api/v1/files/2500 HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive_until("\r\n\r\n").find("Content-Length: 2500\r\n") != std::string::npos);
  CHECK(client.receive_response().ends_with("/b|"));
}

TEST_CASE("a connection with an upload that is taken isn't counted among those of strangers") {
  EchoServer server([](net::Options& options) {
    options.threads = 1;
    options.max_unauthenticated_per_address = 1;
  });
  TestClient sender(server.port());
  {
    TestClient stranger(server.port());
    CHECK_FALSE(stranger.is_open());
  }
  sender.send(upload_of(8) + "begun");
  while (server.sink.received < 5) server.settle();
  TestClient other(server.port());
  REQUIRE(other.is_open());
  other.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(other.receive_response().ends_with("/a|"));
  sender.send("end");
  CHECK(sender.receive_response().ends_with(described("begunend")));
}
