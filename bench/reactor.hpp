#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "bench/load_connection.hpp"

namespace wardroom::bench {

// Nanoseconds of a clock that never goes back.
std::uint64_t now_ns();
inline constexpr std::uint64_t kSecond = 1'000'000'000;

// Drives all connections on one thread with epoll, in turns like the server's: read everything, then write.
class Reactor {
 public:
  Reactor(const Target& target, const ClientTls& tls);
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;
  ~Reactor();

  // Starts a connection; the events come in later turns. The error says why there is no socket.
  Result<LoadConnection*> open(std::size_t index, LoadEvents& events);
  // To be called after send_text() outside of an event of that connection.
  void mark_dirty(LoadConnection& connection);
  // Leaves what comes for this connection unread from now on, or reads on.
  void set_reading(LoadConnection& connection, bool reads);
  // Waits at most so long for something to happen and handles it.
  void turn(std::chrono::milliseconds patience);
  std::size_t connections() const { return connections_.size(); }
  // Frees every connection, with a reset.
  void abort_all();

 private:
  void watch(LoadConnection& connection, bool add);
  void flush_dirty();
  void reap();

  const Target& target_;
  const ClientTls& tls_;
  int epoll_ = -1;
  std::vector<std::unique_ptr<LoadConnection>> connections_;
  std::vector<LoadConnection*> dirty_;
  bool any_closed_ = false;
};

}  // namespace wardroom::bench
