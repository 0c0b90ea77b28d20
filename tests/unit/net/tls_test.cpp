#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <openssl/ssl.h>
#include <sys/resource.h>

#include "server/net/admission.hpp"
#include "tests/unit/net/echo_server.hpp"
#include "tests/unit/net/test_client.hpp"

using namespace wardroom;
using namespace std::chrono_literals;

TEST_CASE("TLS 1.3 is spoken, TLS 1.2 is refused") {
  EchoServer server;
  CHECK(TestClient(server.port(), {TLS1_3_VERSION, TLS1_3_VERSION}).is_open());
  CHECK_FALSE(TestClient(server.port(), {TLS1_2_VERSION, TLS1_2_VERSION}).is_open());
  server.wait_for_connections(0);
  CHECK(server.server->stats().handshakes_failed == 1);
}

TEST_CASE("a connection knows the version of TLS that it speaks") {
  EchoServer server;
  TestClient client(server.port());
  client.send(
      "POST /api/v1/later HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
      "2\r\n\r\n{}");
  while (!server.sink.waiting) server.settle();
  CHECK(server.sink.waiting.load()->source.tls == "1.3");
}

TEST_CASE("what isn't TLS is dropped, and who says nothing within 10 s as well") {
  EchoServer server;
  TestClient noise(server.port(), false);
  noise.send_raw("GET / HTTP/1.1\r\n\r\n");
  server.wait_for_connections(0);
  TestClient silent(server.port(), false);
  server.wait_for_connections(1);
  server.pass(9s);
  CHECK(server.server->stats().connections == 1);
  server.pass(2s);
  CHECK(server.server->stats().connections == 0);
  CHECK(server.sink.open == 0);
}

TEST_CASE("a new certificate serves new connections; a broken file keeps the old one and is named") {
  EchoServer server;
  TestClient before(server.port());
  CHECK(before.peer_serial() == 1);
  server.certificate.renew(2);
  CHECK(server.server->reload_certificate());
  CHECK(TestClient(server.port()).peer_serial() == 2);
  const std::string shown = server.server->shown_certificates();
  std::ifstream file(server.certificate.certificate());
  CHECK(shown == std::string(std::istreambuf_iterator<char>(file), {}));
  server.certificate.renew(3);
  // What is shown is what was loaded, whatever lies there since.
  CHECK(server.server->shown_certificates() == shown);
  std::ofstream(server.certificate.key()) << "not a key";
  const auto broken = server.server->reload_certificate();
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message.find(server.certificate.key().string()) != std::string::npos);
  CHECK(TestClient(server.port()).peer_serial() == 2);
  before.send("GET /still HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(before.receive_response().ends_with("/still|"));
}

TEST_CASE("a key that doesn't belong to the certificate is refused at the start") {
  TestCertificate certificate;
  TestCertificate other;
  FakeClock clock;
  EchoSink sink;
  net::Options options;
  options.listen = {{"127.0.0.1", 0}};
  options.certificate_file = certificate.certificate();
  options.key_file = other.key();
  net::Server server(options, sink, clock);
  CHECK_FALSE(server.start());
}

TEST_CASE("a port in use is named") {
  EchoServer first;
  FakeClock clock;
  EchoSink sink;
  net::Options options = first.options;
  options.listen = {{"127.0.0.1", first.port()}};
  net::Server second(options, sink, clock);
  const auto refused = second.start();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message ==
        "Port " + std::to_string(first.port()) +
            " is already in use. Stop the program that uses it, or choose another port.");
}

TEST_CASE("an address may hold so many connections that haven't signed in; a trusted range is exempt") {
  const auto refused_of = [](const std::vector<std::string>& trusted) {
    EchoServer server([&](net::Options& options) {
      options.max_unauthenticated_per_address = 3;
      options.trusted_ranges = trusted;
    });
    std::vector<TestClient> clients;
    for (int i = 0; i < 3; ++i) clients.emplace_back(server.port());
    const bool fourth = TestClient(server.port()).is_open();
    if (!fourth) {  // a sign-in makes room
      REQUIRE(clients.front().upgrade());
      clients.front().send_text("sign in");
      REQUIRE(clients.front().receive_message().payload == "signed in");
      CHECK(TestClient(server.port()).is_open());
    }
    return server.server->stats().refused;
  };
  CHECK(refused_of({}) == 1);
  CHECK(refused_of({"10.0.0.0/8", "127.0.0.0/8"}) == 0);
  CHECK(refused_of({"127.0.0.2/32"}) == 1);
}

TEST_CASE("out of file descriptors newcomers are refused and those inside stay") {
  EchoServer server;
  TestClient inside(server.port());
  // Inside means: the server has finished its part of the handshake too. (And UBSan looks at each virtual
  // call the first time with a pipe, for which there would be no descriptor below.)
  inside.send("GET /early HTTP/1.1\r\nHost: x\r\n\r\n");
  REQUIRE(inside.receive_response().ends_with("/early|"));
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const int next = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(next);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(next) + 1;  // one more descriptor, for the newcomer's own end
  setrlimit(RLIMIT_NOFILE, &tight);
  for (int i = 0; i < 3; ++i) CHECK_FALSE(TestClient(server.port()).is_open());
  inside.send("GET /still HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(inside.receive_response().ends_with("/still|"));
  setrlimit(RLIMIT_NOFILE, &before);
  CHECK(server.server->stats().refused == 3);
  CHECK(TestClient(server.port()).is_open());
}

TEST_CASE("the address :: serves IPv4 too, and an IPv4 client has its IPv4 address") {
  EchoServer server([](net::Options& options) {
    options.listen = {{"::", 0}};
    options.max_unauthenticated_per_address = 1;
    options.trusted_ranges = {"127.0.0.0/8"};  // lets the second in only if its address is read as IPv4
  });
  TestClient first(server.port());
  CHECK(first.is_open());
  CHECK(TestClient(server.port()).is_open());
}

TEST_CASE("a trusted range holds the addresses that its bits say, in either way to write IPv4") {
  net::Admission admission;
  net::Options options;
  options.trusted_ranges = {"10.1.0.0/16", "192.0.2.7", "::ffff:198.51.100.0/120", "2001:db8:1::5/48"};
  REQUIRE(admission.configure(options));
  for (const char* trusted :
       {"10.1.0.0", "10.1.255.255", "192.0.2.7", "::ffff:10.1.2.3", "198.51.100.9", "2001:db8:1:f::1"})
    CHECK(admission.is_trusted(trusted));
  for (const char* stranger : {"10.2.0.0", "192.0.2.8", "198.51.101.0", "2001:db8:2::1", "::1", "?"})
    CHECK_FALSE(admission.is_trusted(stranger));
}

TEST_CASE("the total of connections has a cap") {
  EchoServer server([](net::Options& options) { options.max_connections = 2; });
  TestClient first(server.port());
  TestClient second(server.port());
  CHECK_FALSE(TestClient(server.port()).is_open());
  CHECK(server.server->stats().refused == 1);
}

TEST_CASE("a range that isn't one is named") {
  TestCertificate certificate;
  FakeClock clock;
  EchoSink sink;
  for (const char* range : {"10.0.0.0/33", "office", "::1/129", "10.0.0.0/8x"}) {
    net::Options options;
    options.listen = {{"127.0.0.1", 0}};
    options.certificate_file = certificate.certificate();
    options.key_file = certificate.key();
    options.trusted_ranges = {range};
    net::Server server(options, sink, clock);
    const auto refused = server.start();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "trusted_ranges");
  }
}
