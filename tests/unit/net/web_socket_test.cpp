#include <future>
#include <thread>

#include <catch2/catch.hpp>
#include <openssl/ssl.h>

#include "protocol/close_codes.hpp"
#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

using namespace wardroom;
using namespace std::chrono_literals;
using protocol::Decoded;
using protocol::Opcode;

namespace {

std::uint16_t number(protocol::CloseCode code) {
  return static_cast<std::uint16_t>(code);
}

TestClient signed_in_client(EchoServer& server) {
  TestClient client(server.port());
  REQUIRE(client.is_open());
  REQUIRE(client.upgrade());
  client.send_text("sign in");
  REQUIRE(client.receive_message().payload == "signed in");
  return client;
}

// A text that comes in so many fragments and a last frame; all but the first and the last are empty.
std::string text_in_fragments(std::uint32_t fragments) {
  std::string bytes;
  protocol::append_masked_frame(bytes, Opcode::text, "in ", {1, 2, 3, 4});
  bytes[0] = 0x01;  // not final
  std::string empty;
  protocol::append_masked_frame(empty, Opcode::continuation, "", {1, 2, 3, 4});
  empty[0] = 0x00;  // not final
  for (std::uint32_t i = 1; i < fragments; ++i) bytes += empty;
  protocol::append_masked_frame(bytes, Opcode::continuation, "parts", {1, 2, 3, 4});
  return bytes;
}

}  // namespace

TEST_CASE("a text goes over TLS and WebSocket and comes back") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  client.send_text("hello");
  const auto message = client.receive_message();
  CHECK(message.kind == Decoded::Kind::text);
  CHECK(message.payload == "hello");
}

TEST_CASE("fragments are put together, with a ping answered between them") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  std::string bytes;
  protocol::append_masked_frame(bytes, Opcode::text, "one ", {1, 2, 3, 4});
  bytes[0] = 0x01;  // not final
  protocol::append_masked_frame(bytes, Opcode::ping, "there?", {1, 2, 3, 4});
  protocol::append_masked_frame(bytes, Opcode::continuation, "message", {1, 2, 3, 4});
  for (const char byte : bytes) client.send({&byte, 1});  // a record each
  const auto pong = client.receive_message();
  CHECK(pong.kind == Decoded::Kind::pong);
  CHECK(pong.payload == "there?");
  CHECK(client.receive_message().payload == "one message");
}

TEST_CASE("large messages survive both ways") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  std::string text(60'000, 'a');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 26);
  client.send_text(text);
  CHECK(client.receive_message().payload == text);
  client.send_text("flood-me 20 50000");
  for (int i = 0; i < 20; ++i) CHECK(client.receive_message().payload.size() == 50'000);
}

TEST_CASE("each way to break the framing closes with its code") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  SECTION("binary") {
    client.send_frame(Opcode::binary, "x");
    CHECK(client.receive_close_code() == number(protocol::CloseCode::protocol_error));
  }
  SECTION("unmasked") {
    std::string bytes;
    protocol::append_frame(bytes, Opcode::text, "x");
    client.send(bytes);
    CHECK(client.receive_close_code() == number(protocol::CloseCode::protocol_error));
  }
  SECTION("reserved bit") {
    client.send("\xC1\x80\x01\x02\x03\x04");
    CHECK(client.receive_close_code() == number(protocol::CloseCode::protocol_error));
  }
  SECTION("not UTF-8, also where fragments are put together") {
    std::string bytes;
    protocol::append_masked_frame(bytes, Opcode::text, "a\xC3", {1, 2, 3, 4});
    bytes[0] = 0x01;  // not final
    protocol::append_masked_frame(bytes, Opcode::continuation, "(", {1, 2, 3, 4});
    client.send(bytes);
    CHECK(client.receive_close_code() == 1007);
  }
  SECTION("fragments without an end") {
    std::string bytes;
    protocol::append_masked_frame(bytes, Opcode::text, "", {1, 2, 3, 4});
    bytes[0] = 0x01;
    client.send(bytes);
    bytes[0] = 0x00;
    std::string many;
    for (int i = 0; i < 2000; ++i) many += bytes;
    client.send(many);
    CHECK(client.receive_close_code() == number(protocol::CloseCode::protocol_error));
  }
  SECTION("too large, known from the header alone") {
    client.send(std::string("\x81\xFF\x00\x00\x00\x00\x00\x01\x00\x01\x01\x02\x03\x04", 14));
    CHECK(client.receive_close_code() == number(protocol::CloseCode::too_large));
  }
}

TEST_CASE("before sign-in a frame may have 4 KiB") {
  EchoServer server;
  TestClient client(server.port());
  REQUIRE(client.upgrade());
  client.send_text(std::string(4096, 'a'));
  CHECK(client.receive_message().payload.size() == 4096);
  client.send_text(std::string(4097, 'a'));
  CHECK(client.receive_close_code() == number(protocol::CloseCode::too_large));
}

TEST_CASE("what was queued comes before the close frame, and the sink hears of the end") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  CHECK(server.sink.open == 1);
  client.send_text("bye");
  CHECK(client.receive_message().payload == "goodbye");
  const auto closing = client.receive_message();
  CHECK(closing.close_code == number(protocol::CloseCode::revoked));
  CHECK(closing.reason == "The session was revoked.");
  client.send_frame(Opcode::close, protocol::compose_close_payload(1000, ""));
  CHECK(client.receive_message().kind == Decoded::Kind::need_more);
  server.wait_for_connections(0);
  CHECK(server.sink.open == 0);
}

TEST_CASE("a client's close is answered with its code, and the connection ends") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  client.send_frame(Opcode::close, protocol::compose_close_payload(1001, "leaving"));
  CHECK(client.receive_close_code() == 1001);
  CHECK(client.receive_message().kind == Decoded::Kind::need_more);
}

TEST_CASE("who doesn't sign in within 10 s is closed with 4002") {
  EchoServer server;
  TestClient client(server.port());
  REQUIRE(client.upgrade());
  server.pass(9s);
  client.send_text("still here");
  CHECK(client.receive_message().payload == "still here");
  server.pass(2s);
  CHECK(client.receive_close_code() == number(protocol::CloseCode::sign_in_timeout));
}

TEST_CASE(
    "who waits for the answer to a sign-in isn't closed for it, and must sign in soon after a refusal") {
  EchoServer server;
  TestClient client(server.port());
  REQUIRE(client.upgrade());
  client.send_text("signing in");
  CHECK(client.receive_message().payload == "signing in");
  server.pass(30s);
  client.send_text("still here");
  CHECK(client.receive_message().payload == "still here");
  client.send_text("not signed in");
  CHECK(client.receive_message().payload == "not signed in");
  server.pass(2s);
  CHECK(client.receive_close_code() == number(protocol::CloseCode::sign_in_timeout));
}

TEST_CASE("silence brings a ping after 45 s and the end after 100 s; any byte counts as life") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  server.pass(45s);
  CHECK(client.receive_message().kind == Decoded::Kind::ping);
  client.send_frame(Opcode::pong, "");
  client.send_text("alive");
  CHECK(client.receive_message().payload == "alive");
  server.pass(99s);
  CHECK(client.receive_message().kind == Decoded::Kind::ping);
  server.pass(1s);
  CHECK(client.receive_close_code() == number(protocol::CloseCode::idle));
}

TEST_CASE("a client that stops reading is closed with 4008; the others are served meanwhile") {
  EchoServer server;
  TestClient slow = signed_in_client(server);
  TestClient other = signed_in_client(server);
  SECTION("by its backlog") {
    // Far more than socket buffers hold.
    for (int i = 0; i < 64; ++i) {
      other.send_text("flood 10 32768");
      for (int k = 0; k < 10; ++k) CHECK(other.receive_message().payload.size() == 32768);
    }
  }
  SECTION("by making no progress for 10 s") {
    slow.send_text("flood-me 1 16000000");
    // Buffers of the system fill up at their own pace; then ten seconds without progress count.
    for (int i = 0; i < 100 && server.server->stats().slow_closes == 0; ++i) {
      other.send_text("how is it");
      CHECK(other.receive_message().payload == "how is it");
      server.pass(11s);
    }
  }
  CHECK(server.server->stats().slow_closes == 1);
  server.pass(4s);
  server.wait_for_connections(1);
  other.send_text("and now");
  CHECK(other.receive_message().payload == "and now");
}

TEST_CASE("a flood of pings, pongs or fragments ends like a flood of requests; a few are no offence") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  std::string few;
  std::string many;
  SECTION("pings or pongs") {
    const auto opcode = GENERATE(Opcode::ping, Opcode::pong);
    std::string bytes;
    protocol::append_masked_frame(bytes, opcode, "", {1, 2, 3, 4});
    for (int i = 0; i < 100; ++i) few += bytes;
    for (int i = 0; i < 20'000; ++i) many += bytes;
  }
  SECTION("texts in many empty fragments") {
    for (int i = 0; i < 100; ++i) few += text_in_fragments(100);
    for (int i = 0; i < 20; ++i) many += text_in_fragments(protocol::kMaxFragments);
  }
  client.send(few);
  client.send_text("still here");
  for (auto message = client.receive_message(); message.payload != "still here";
       message = client.receive_message())
    REQUIRE((message.kind == Decoded::Kind::pong || message.payload == "in parts"));
  std::thread sending([&] { client.send(many); });
  CHECK(client.receive_close_code() == number(protocol::CloseCode::flood));
  sending.join();
}

// Its pong waits behind what it still has to read, and the server reads nothing from it meanwhile.
TEST_CASE("a slow reader that goes on reading isn't closed as idle; one that has read all and is silent is") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  client.take_little();
  client.send_text("flood-me 1 16000000");
  std::size_t read = 0;
  while (read < 16'000'000) {  // a line of 33 KB a second
    for (std::size_t taken = 0; taken < 300'000 && read < 16'000'000;) {
      const std::size_t bytes = client.receive().size();
      REQUIRE(bytes > 0);
      taken += bytes;
      read += bytes;
    }
    server.pass(9s);
    REQUIRE(server.server->stats().connections == 1);
  }
  for (int i = 0; i < 3; ++i) server.pass(101s);  // to a ping, to the end of its wait, and to the goodbye's
  server.wait_for_connections(0);
}

TEST_CASE("what is thrown while one connection is served ends that one, and the others don't notice") {
  EchoServer server;
  TestClient poor = signed_in_client(server);
  TestClient other = signed_in_client(server);
  poor.send_text("throw");
  CHECK(poor.receive_message().kind == Decoded::Kind::need_more);
  server.wait_for_connections(1);
  CHECK(server.sink.open == 1);
  other.send_text("hello");
  CHECK(other.receive_message().payload == "hello");
  server.server->executor(0).post([] { throw std::bad_alloc(); });  // work that belongs to nobody
  other.send_text("again");
  CHECK(other.receive_message().payload == "again");
}

TEST_CASE("a large answer to a client that reads is no offence") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  client.send_text("flood-me 1 8000000");
  client.send_text("and this");
  CHECK(client.receive_message().payload.size() == 8'000'000);
  CHECK(client.receive_message().payload == "and this");
}

TEST_CASE("ephemeral frames are dropped behind a backlog, durable ones never") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  client.send_text("ephemeral 1000 100");
  int received = 0;
  while (client.receive_message().payload != "end") ++received;
  CHECK(received > 16 * 1024 / 102);
  CHECK(received < 200);
  CHECK(server.server->stats().ephemeral_dropped == 1000U - static_cast<unsigned>(received));
}

TEST_CASE("stopping tells every client with 4009 and waits for them") {
  EchoServer server;
  TestClient client = signed_in_client(server);
  TestClient http(server.port());
  http.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(http.receive_response().starts_with("HTTP/1.1 200 "));
  std::thread stopping([&] { server.server->stop(10s); });
  CHECK(client.receive_close_code() == number(protocol::CloseCode::stopping));
  client.send_frame(Opcode::close, "");
  CHECK(http.receive_all().empty());
  stopping.join();
  CHECK(server.sink.open == 0);
  CHECK(server.server->stats().connections == 0);
}

TEST_CASE("a call that is being worked on when the server stops gets its answer") {
  EchoServer server;
  TestClient client(server.port());
  client.send("POST /api/v1/later HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  while (!server.sink.waiting) server.settle();
  std::thread stopping([&] { server.server->stop(10s); });
  // Behind the stop, which is posted by then or soon.
  std::this_thread::yield();
  server.server->executor(0).post([&] {
    server.sink.waiting.load()->answer({200, "text/plain", "done", 0});
  });
  CHECK(client.receive_all().ends_with("done"));
  stopping.join();
}

TEST_CASE("connections are dealt out over the network threads") {
  EchoServer server([](net::Options& options) { options.threads = 2; });
  TestClient first = signed_in_client(server);
  TestClient second = signed_in_client(server);
  for (auto* client : {&first, &second}) {
    client->send_text("hello");
    CHECK(client->receive_message().payload == "hello");
  }
  const auto is_on = [&](std::uint16_t loop) {
    std::promise<bool> found;
    server.server->executor(loop).post([&] { found.set_value(server.server->find({loop, 1}) != nullptr); });
    return found.get_future().get();
  };
  CHECK(is_on(0));
  CHECK(is_on(1));
}
