#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bench/client_tls.hpp"
#include "protocol/websocket.hpp"

namespace wardroom::bench {

class LoadConnection;

// What a test does with its connections.
class LoadEvents {
 public:
  virtual ~LoadEvents() = default;
  // The WebSocket is there; nobody is signed in.
  virtual void on_open(LoadConnection& connection) = 0;
  virtual void on_text(LoadConnection& connection, std::string_view text) = 0;
  // The end, with the close code, or 0 when none came. The connection is freed at the end of the turn.
  virtual void on_closed(LoadConnection& connection, std::uint16_t code) = 0;
};

// One WebSocket client over TLS on a non-blocking socket, driven by the reactor. Lean: it shares the cores
// with the server that it measures.
class LoadConnection {
 public:
  LoadConnection(std::size_t index, const Target& target, const ClientTls& tls, LoadEvents& events,
                 int socket);
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;
  ~LoadConnection();

  std::size_t index() const { return index_; }
  int socket() const { return socket_; }
  bool is_closed() const { return state_ == State::closed; }

  // Queues a text; it leaves at the end of the turn together with others.
  void send_text(std::string_view text);
  // Ends it without a word (a reset), and without on_closed().
  void abort();

  // For the reactor.
  void on_ready_io();
  // Writes what is queued. False: the socket takes no more now.
  bool flush();
  bool has_output() const { return !output_.empty(); }
  bool is_dirty = false;
  bool waits_writable = false;
  bool is_reading = true;

 private:
  enum class State { handshake, upgrade, open, closed };
  struct Free {
    void operator()(SSL* ssl) const;
  };
  void shake_hands();
  void read_all();
  void take_upgrade(std::span<char> bytes);
  void take_frames(std::span<char> bytes);
  void fail(std::uint16_t code);

  std::size_t index_;
  const Target& target_;
  const ClientTls& tls_;
  LoadEvents& events_;
  int socket_;
  std::unique_ptr<SSL, Free> ssl_;
  State state_ = State::handshake;
  std::string output_;
  std::string head_;  // of the response to the upgrade
  protocol::FrameDecoder decoder_{protocol::Side::client, 64 << 20};
};

}  // namespace wardroom::bench
