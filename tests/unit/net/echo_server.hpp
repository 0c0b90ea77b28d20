#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "common/base/clock.hpp"
#include "server/net/server.hpp"
#include "server/realtime/subscriptions.hpp"
#include "tests/unit/net/test_certificate.hpp"

inline constexpr std::size_t kLargeAnswer = 1'000'000;  // bytes of GET /large

// What the tests hang under net instead of the dispatcher: it sends texts back, answers calls with what they
// said, and obeys a few words.
class EchoSink final : public wardroom::realtime::RequestSink {
 public:
  // "sign in" signs the peer in; "flood N SIZE" delivers N frames of SIZE bytes to everybody who is signed
  // in, on a server with one thread; "flood-me N SIZE" to the peer; "ephemeral N SIZE" ephemeral ones to the
  // peer and then one durable "end"; "bye" closes with 4003; "throw" throws; "cookie" says what cookie the
  // upgrade had. Anything else comes back.
  void on_text(wardroom::realtime::Peer& peer, std::string_view text) override;
  void on_open(wardroom::realtime::Peer& peer) override;
  void on_closed(wardroom::realtime::Peer& peer) noexcept override;
  void on_call(wardroom::realtime::Peer& peer, const wardroom::realtime::HttpCall& call) override;
  void on_get(wardroom::realtime::Peer& peer, const wardroom::realtime::PageRequest& request) override;
  // Below /api/v1/uploads: the body is received piece by piece, and its length and SHA-256 are the answer;
  // "/refuse" is refused before a byte of it, "/slow" pauses after each piece until the test goes on. Below
  // /api/v1/files/N: N bytes, in pieces; X-Token says whose they are.
  void on_file(wardroom::realtime::Peer& peer, wardroom::realtime::FileRequest request) override;
  bool on_body(wardroom::realtime::Peer& peer, std::string_view piece) override;
  void on_body_end(wardroom::realtime::Peer& peer) override;
  // Gives the next piece that was asked for; false: none was. On the network thread.
  bool answer_question();

  std::atomic<int> open{0};
  std::atomic<int> large_answers{0};
  // Who called the method "later", which the test answers itself.
  std::atomic<wardroom::realtime::Peer*> waiting{nullptr};
  // Of the request about files, on the server's one thread.
  std::atomic<std::size_t> received{0};
  std::atomic<std::size_t> largest_piece{0};

 private:
  std::mutex mutex_;
  wardroom::realtime::PresenceBoard presence_;
  wardroom::realtime::Subscriptions subscriptions_{presence_};
  std::set<wardroom::realtime::Peer*> signed_in_;
  std::string body_;
  bool is_slow_ = false;
  std::deque<std::pair<wardroom::realtime::Peer*, std::string>> questions_;  // for more of an answer
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
