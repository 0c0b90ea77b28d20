#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "common/base/clock.hpp"
#include "server/net/server.hpp"
#include "server/realtime/subscriptions.hpp"
#include "tests/unit/net/test_certificate.hpp"

// What the tests hang under net instead of the dispatcher: it sends texts back, answers calls with what they
// said, and obeys a few words.
class EchoSink final : public wardroom::realtime::RequestSink {
 public:
  // "sign in" signs the peer in; "flood N SIZE" delivers N frames of SIZE bytes to everybody who is signed
  // in, on a server with one thread; "flood-me N SIZE" to the peer; "ephemeral N SIZE" ephemeral ones to the
  // peer and then one durable "end"; "bye" closes with 4003; "throw" throws. Anything else comes back.
  void on_text(wardroom::realtime::Peer& peer, std::string_view text) override;
  void on_open(wardroom::realtime::Peer& peer) override;
  void on_closed(wardroom::realtime::Peer& peer) noexcept override;
  void on_call(wardroom::realtime::Peer& peer, std::string_view method, std::string_view body,
               std::string_view token) override;
  void on_get(wardroom::realtime::Peer& peer, std::string_view target, std::string_view token) override;

  std::atomic<int> open{0};
  // Who called the method "later", which the test answers itself.
  std::atomic<wardroom::realtime::Peer*> waiting{nullptr};

 private:
  std::mutex mutex_;
  wardroom::realtime::PresenceBoard presence_;
  wardroom::realtime::Subscriptions subscriptions_{presence_};
  std::set<wardroom::realtime::Peer*> signed_in_;
};

// A server on a free port of the loopback address, with a clock that the test moves.
class EchoServer {
 public:
  explicit EchoServer(const std::function<void(wardroom::net::Options&)>& change = {});
  ~EchoServer();

  std::uint16_t port() const { return server->port(); }
  // Moves the clock and waits until every network thread has run its timeouts.
  void pass(std::chrono::seconds time);
  // Waits until the network threads have done what was posted before.
  void settle();
  // Waits until it holds so many connections.
  void wait_for_connections(std::uint64_t count);

  TestCertificate certificate;
  wardroom::FakeClock clock;
  EchoSink sink;
  wardroom::net::Options options;
  std::unique_ptr<wardroom::net::Server> server;
};
