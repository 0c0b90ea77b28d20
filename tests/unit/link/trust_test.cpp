#include <openssl/ssl.h>

#include "common/link/fetch_pin.hpp"
#include "tests/unit/link/fixture.hpp"

namespace wardroom::link {
namespace {

void sit_still(TestSession& session) {
  while (session.read_text()) {
  }
}

struct Refusal {
  std::string line;
  std::size_t application_bytes;
  int handshakes;
};

// How a client that was introduced to the office's CA takes to a server that looks like this.
Refusal meet(TestServer::Looks looks, const std::string& host = "localhost") {
  TestServer server(std::move(looks), sit_still);
  Listener listener;
  {
    Connection connection(introduced_to(server, host), listener.handlers());
    connection.enter(
        protocol::SessionOpen::Params{"lena", Secret("correct horse"), std::nullopt, {"PC", "test"}});
    listener.await("connecting");
    const auto line = listener.next();
    server.wait_for_ended(1);
    return {line, server.application_bytes(), server.handshakes()};
  }
}

void check_refused(const Refusal& refusal, const std::string& reason) {
  CHECK(refusal.line == "offline final " + reason);
  CHECK(refusal.application_bytes == 0);
  CHECK(refusal.handshakes == 0);
}

}  // namespace

TEST_CASE("a server with another CA gets nothing but the handshake") {
  const auto stranger = make_ca("Office CA");  // the same name, another key
  check_refused(meet({make_leaf(stranger), {stranger}}), "pin_mismatch");
}

TEST_CASE("a server that hides its CA gets nothing") {
  check_refused(meet({make_leaf(office_ca()), {}}), "pin_mismatch");
}

TEST_CASE(
    "a certificate that someone else signed in the CA's name is refused, though the right CA is shown") {
  const auto forger = make_ca("Office CA");
  check_refused(meet({make_leaf(office_ca(), {}, &forger), {office_ca()}}), "certificate_invalid");
}

TEST_CASE("the pinned key doesn't make a leaf a CA") {
  // The leaf's own pin: a stolen invite can't turn a server's key into a root.
  const auto leaf = make_leaf(office_ca());
  TestServer server({leaf, {}}, sit_still);
  Listener listener;
  Connection connection({"localhost", server.port(), pin_of(leaf.certificate.get())}, listener.handlers());
  connection.enter(Secret("tok"));
  listener.await("offline retry pin_mismatch");
  server.wait_for_ended(1);
  CHECK(server.application_bytes() == 0);
}

TEST_CASE("a company's intermediate authority is enough, whoever signed it; another of its name isn't") {
  const auto root = make_ca("Company root");
  const auto between = make_ca_below(root, "Company chat");
  const auto leaf = make_leaf(between);
  const auto check = [&](const Identity& shown) {
    STACK_OF(X509)* chain = sk_X509_new_null();
    sk_X509_push(chain, shown.certificate.get());
    auto checked =
        check_chain(leaf.certificate.get(), chain, {"localhost", 7443, pin_of(between.certificate.get())});
    sk_X509_free(chain);
    return checked;
  };
  CHECK(check(between));
  CHECK_FALSE(check(root));
  CHECK_FALSE(check(make_ca_below(root, "Company chat")));
}

TEST_CASE("a certificate out of its time is refused") {
  check_refused(meet({make_leaf(office_ca(), {"DNS:localhost", -7200, -3600}), {office_ca()}}),
                "certificate_expired");
  check_refused(meet({make_leaf(office_ca(), {"DNS:localhost", 3600, 7200}), {office_ca()}}),
                "certificate_not_yet_valid");
}

TEST_CASE("a certificate for another host or address is refused") {
  check_refused(meet({make_leaf(office_ca(), {"DNS:elsewhere.example"}), {office_ca()}}), "wrong_host");
  check_refused(meet({make_leaf(office_ca(), {"DNS:localhost"}), {office_ca()}}, "127.0.0.1"), "wrong_host");
}

TEST_CASE("a server without TLS 1.3, or without TLS, is refused") {
  auto looks = office_looks();
  looks.max_tls = TLS1_2_VERSION;
  check_refused(meet(looks), "not_tls13");
  looks.speaks_tls = false;
  check_refused(meet(looks), "not_tls13");
}

TEST_CASE("nobody at the port is an error that says so") {
  std::uint16_t port = 0;
  {
    TestServer server(office_looks(), sit_still);
    port = server.port();
  }
  Listener listener;
  Connection connection({"127.0.0.1", port, {}}, listener.handlers());
  connection.enter(
      protocol::SessionOpen::Params{"lena", Secret("correct horse"), std::nullopt, {"PC", "test"}});
  listener.await("offline final connection_refused");
}

TEST_CASE("a server that never answers the upgrade is given up") {
  TestServer server(office_looks(), [](TestSession& session) { session.read_text(); });
  Listener listener;
  ConnectionOptions options;
  options.connect_timeout = std::chrono::milliseconds{100};
  Connection connection(introduced_to(server), listener.handlers(), options);
  connection.enter(
      protocol::SessionOpen::Params{"lena", Secret("correct horse"), std::nullopt, {"PC", "test"}});
  listener.await("offline final timeout");
}

TEST_CASE("fetch_pin gives the CA's pin and sends nothing") {
  TestServer server(office_looks(), sit_still);
  const auto pin = fetch_pin("127.0.0.1", server.port(), std::chrono::seconds{60});
  REQUIRE(pin);
  CHECK(*pin == pin_of(office_ca().certificate.get()));
  server.wait_for_ended(1);
  CHECK(server.application_bytes() == 0);
  CHECK(server.handshakes() == 0);
}

TEST_CASE("fetch_pin says what is wrong with a server without a CA, without TLS 1.3, or not there") {
  std::uint16_t port = 0;
  {
    TestServer server({make_leaf(office_ca()), {}}, sit_still);
    port = server.port();
    CHECK(fetch_pin("127.0.0.1", port, std::chrono::seconds{60}).error().reason == "certificate_invalid");
  }
  CHECK(fetch_pin("127.0.0.1", port, std::chrono::seconds{60}).error().reason == "connection_refused");
  auto looks = office_looks();
  looks.max_tls = TLS1_2_VERSION;
  TestServer old(looks, sit_still);
  CHECK(fetch_pin("127.0.0.1", old.port(), std::chrono::seconds{60}).error().reason == "not_tls13");
}

}  // namespace wardroom::link
