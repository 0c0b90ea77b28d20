#include <catch2/catch.hpp>

#include "server/net/proxy_header.hpp"
#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

using namespace wardroom;
using namespace std::chrono_literals;
using namespace std::string_literals;
using net::ProxyHeader;

namespace {

constexpr char kTcp4 = 0x11;
constexpr char kTcp6 = 0x21;

// `command` and `family` as in the specification; `part` is what follows the fixed bytes.
std::string header(char command, char family, const std::string& part) {
  return "\r\n\r\n\0\r\nQUIT\n"s + command + family + static_cast<char>(part.size() >> 8) +
         static_cast<char>(part.size() & 0xFF) + part;
}

// From 192.0.2.`last` to 198.51.100.1.
std::string tcp4(char last = 7) {
  return "\xC0\x00\x02"s + last + "\xC6\x33\x64\x01\xC3\x50\x1D\x13"s;
}

std::string tcp6(const std::string& from) {
  return from + std::string(16, '\1') + "\xC3\x50\x1D\x13"s;
}

std::string of_client(char last = 7) {
  return header(0x21, kTcp4, tcp4(last));
}

std::string ipv6_of_client() {
  return "\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x07"s;
}

ProxyHeader read(const std::string& bytes) {
  return net::read_proxy_header(bytes);
}

std::string refusal(const std::string& bytes) {
  const auto found = read(bytes);
  CHECK(found.kind == ProxyHeader::Kind::refused);
  return std::string(found.reason);
}

// All that comes from this machine is a proxy's.
void behind_proxy(net::Options& options) {
  options.proxy_ranges = {"127.0.0.0/8"};
}

// Who the server takes the client for.
realtime::Source source_of(EchoServer& server, TestClient& client) {
  server.sink.waiting = nullptr;
  client.send(
      "POST /api/v1/later HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
      "2\r\n\r\n{}");
  while (!server.sink.waiting) server.settle();
  return server.sink.waiting.load()->source;
}

TestClient connect_with(EchoServer& server, const std::string& header) {
  TestClient client(server.port(), false);
  client.send_raw(header);
  return client;
}

}  // namespace

TEST_CASE("a PROXY header names the client, IPv4, IPv6, and IPv4 within IPv6") {
  const auto ipv4 = read(of_client());
  CHECK(ipv4.kind == ProxyHeader::Kind::client);
  CHECK(ipv4.ip == "192.0.2.7");
  CHECK(read(header(0x21, kTcp6, tcp6(ipv6_of_client()))).ip == "2001:db8::7");
  CHECK(read(header(0x21, kTcp6, tcp6(std::string(10, '\0') + "\xFF\xFF\xC0\x00\x02\x07"s))).ip ==
        "192.0.2.7");
  // What proxies add is passed over, if it is whole.
  CHECK(read(header(0x21, kTcp4, tcp4() + "\x04\x00\x02\x00\x00"s)).ip == "192.0.2.7");
  CHECK(refusal(header(0x21, kTcp4, tcp4() + "\x04\x00\x03\x00\x00"s)) == "malformed");
  CHECK(refusal(header(0x21, kTcp4, tcp4() + "\x04\x00"s)) == "malformed");
  // The proxy's own connection, whatever it says of it.
  CHECK(read(header(0x20, 0, "")).kind == ProxyHeader::Kind::local);
  CHECK(read(header(0x20, kTcp4, tcp4())).kind == ProxyHeader::Kind::local);
}

TEST_CASE("a PROXY header comes in pieces, and no byte behind it is asked for") {
  const std::string whole = of_client();
  for (std::size_t come = 0; come < whole.size(); ++come) {
    INFO(come);
    const auto part = read(whole.substr(0, come));
    REQUIRE(part.kind == ProxyHeader::Kind::need_more);
    CHECK(part.wanted == (come < 16 ? 16 - come : whole.size() - come));
  }
}

TEST_CASE("what is no PROXY header is refused at its first wrong byte") {
  CHECK(refusal("\x16") == "no_header");  // of a TLS handshake
  CHECK(refusal("\r\n\r\n\0\r\nQUIT\r"s) == "no_header");
  CHECK(refusal(header(0x11, kTcp4, tcp4())) == "malformed");  // version 1 in the binary form
  CHECK(refusal(header(0x22, kTcp4, tcp4())) == "malformed");  // a command that nobody knows
  CHECK(refusal(header(0x21, 0x00, "")) == "not_tcp");
  CHECK(refusal(header(0x21, 0x12, tcp4())) == "not_tcp");  // UDP
  CHECK(refusal(header(0x21, 0x31, std::string(216, 'x'))) == "not_tcp");
  CHECK(refusal(header(0x21, kTcp4, tcp4().substr(1))) == "malformed");
  CHECK(refusal(header(0x21, kTcp6, tcp4())) == "malformed");
  const std::string largest = tcp4() + "\x04\x03\xF1"s + std::string(0x3F1, 'x');
  REQUIRE(largest.size() == net::kMaxProxyPart);
  CHECK(read(header(0x21, kTcp4, largest)).ip == "192.0.2.7");
  CHECK(refusal(header(0x21, kTcp4, largest + "x").substr(0, 16)) == "too_long");
}

TEST_CASE("a PROXY header of version 1 is a line, read to its end and no further") {
  const std::string whole = "PROXY TCP4 192.0.2.7 198.51.100.1 50000 7443\r\n";
  for (std::size_t come = 0; come < whole.size(); ++come) {
    INFO(come);
    const auto part = read(whole.substr(0, come));
    REQUIRE(part.kind == ProxyHeader::Kind::need_more);
    CHECK(part.wanted == (come < 16 ? 16 - come : 1));
  }
  CHECK(read(whole).ip == "192.0.2.7");
  CHECK(read("PROXY TCP6 2001:DB8:0::7 2001:db8::1 1 65535\r\n").ip == "2001:db8::7");
  CHECK(read("PROXY TCP6 ::ffff:192.0.2.7 2001:db8::1 1 2\r\n").ip == "192.0.2.7");
  CHECK(refusal("PROXY UNKNOWN a b c d\r\n") == "not_tcp");
  CHECK(refusal("PROXY TCP4 2001:db8::7 198.51.100.1 1 2\r\n") == "malformed");
  CHECK(refusal("PROXY TCP4 192.0.2.7 198.51.100.1 1 65536\r\n") == "malformed");
  CHECK(refusal("PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n") == "malformed");
  CHECK(refusal("PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3\r\n") == "malformed");
  CHECK(refusal("PROXY TCP4 192.0.2.7  198.51.100.1 1 2\r\n") == "malformed");
  CHECK(refusal("PROXY TCP4 " + std::string(96, '1')) == "too_long");
}

TEST_CASE("behind a proxy a connection is its client's, not the proxy's") {
  EchoServer server(behind_proxy);
  auto client = connect_with(server, of_client());
  REQUIRE(client.handshake());
  const auto source = source_of(server, client);
  CHECK(source.ip == "192.0.2.7");
  CHECK_FALSE(source.loopback);
  CHECK_FALSE(source.trusted);
  // A client on the proxy's machine isn't on this one.
  auto near = connect_with(server, header(0x21, kTcp4, "\x7F\x00\x00\x01"s + tcp4().substr(4)));
  REQUIRE(near.handshake());
  CHECK_FALSE(source_of(server, near).loopback);
}

TEST_CASE("the header may come a byte at a time, and with the handshake behind it in one piece") {
  EchoServer server(behind_proxy);
  TestClient slow(server.port(), false);
  for (const char byte : of_client()) {
    slow.send_raw({&byte, 1});
    server.settle();
  }
  REQUIRE(slow.handshake());
  CHECK(source_of(server, slow).ip == "192.0.2.7");
  auto line = connect_with(server, "PROXY TCP4 192.0.2.9 198.51.100.1 50000 7443\r\n");
  REQUIRE(line.handshake());
  CHECK(source_of(server, line).ip == "192.0.2.9");
  // Sent while the server hasn't looked yet: the header and the client's first message wait together.
  auto eager = connect_with(server, of_client(8));
  REQUIRE(eager.handshake());
  CHECK(source_of(server, eager).ip == "192.0.2.8");
}

TEST_CASE("a proxy that asks for itself is served as itself") {
  EchoServer server(behind_proxy);
  auto client = connect_with(server, header(0x20, 0, ""));
  REQUIRE(client.handshake());
  CHECK(source_of(server, client).ip == "127.0.0.1");
}

TEST_CASE(
    "a health check, which connects, says at most that it asks for itself, and closes, is no failed "
    "handshake") {
  EchoServer server(behind_proxy);
  const auto closed_after = [&](const std::string& bytes) {
    {
      TestClient check(server.port(), false);
      server.wait_for_connections(1);
      if (!bytes.empty()) check.send_raw(bytes);
    }
    server.wait_for_connections(0);
    return server.server->stats().handshakes_failed;
  };
  CHECK(closed_after("") == 0);
  CHECK(closed_after(header(0x20, 0, "")) == 0);
  CHECK(closed_after(header(0x20, 0, "") + "GET / HTTP/1.1\r\n\r\n") == 1);
}

TEST_CASE("from a proxy without a header, or with a wrong one, nothing is taken") {
  EchoServer server(behind_proxy);
  TestClient bare(server.port());
  CHECK_FALSE(bare.is_open());
  for (const auto& wrong :
       {"PROXY UNKNOWN\r\n   "s, header(0x21, 0x00, ""), header(0x21, kTcp4, std::string(1025, 'x'))})
    CHECK_FALSE(connect_with(server, wrong).handshake());
  server.wait_for_connections(0);
  CHECK(server.server->stats().proxy_headers_refused == 4);
  CHECK(server.server->stats().handshakes_ok == 0);
  // And one that doesn't come in time.
  auto silent = connect_with(server, of_client().substr(0, 20));
  server.wait_for_connections(1);
  server.pass(11s);
  CHECK(server.server->stats().connections == 0);
}

TEST_CASE("from elsewhere a header is noise: nobody says who they are") {
  EchoServer server([](net::Options& options) { options.proxy_ranges = {"192.0.2.0/24"}; });
  CHECK_FALSE(connect_with(server, of_client()).handshake());
  TestClient client(server.port());
  REQUIRE(client.is_open());
  CHECK(source_of(server, client).ip == "127.0.0.1");
  CHECK(server.server->stats().proxy_headers_refused == 0);
}

TEST_CASE("behind a proxy the limit by address is each client's, and the trusted ranges are") {
  EchoServer server([](net::Options& options) {
    behind_proxy(options);
    options.max_unauthenticated_per_address = 1;
    options.trusted_ranges = {"192.0.2.9/32"};
  });
  auto first = connect_with(server, of_client(7));
  REQUIRE(first.handshake());
  CHECK_FALSE(connect_with(server, of_client(7)).handshake());
  auto other = connect_with(server, of_client(8));
  CHECK(other.handshake());
  for (int i = 0; i < 2; ++i) {
    auto trusted = connect_with(server, of_client(9));
    REQUIRE(trusted.handshake());
    CHECK(source_of(server, trusted).trusted);
  }
  CHECK(server.server->stats().refused == 1);
  // One that left before it said who it is gave nobody's place back.
  { auto unknown = connect_with(server, of_client(7).substr(0, 15)); }
  CHECK_FALSE(connect_with(server, of_client(7)).handshake());
}

TEST_CASE("a range of proxies that can't be read is named") {
  CHECK_THROWS_WITH(EchoServer([](net::Options& options) { options.proxy_ranges = {"10.1.0.0/99"}; }),
                    Catch::Contains("10.1.0.0/99"));
}
