#pragma once

#include <atomic>
#include <cstdint>

namespace wardroom::net {

// A counter with one writing thread and any number of readers.
class Counter {
 public:
  void add(std::uint64_t by = 1) noexcept { value_.store(get() + by, std::memory_order_relaxed); }
  void subtract(std::uint64_t by = 1) noexcept { value_.store(get() - by, std::memory_order_relaxed); }
  std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// What one network thread counts. Written on that thread, read on any.
struct LoopCounters {
  Counter connections;  // open now
  Counter web_sockets;  // open now
  Counter accepted;
  Counter handshakes_ok;
  Counter handshakes_failed;  // of those that began: who closes without a byte tried none
  Counter proxy_headers_refused;
  Counter bytes_in;  // of TLS records
  Counter bytes_out;
  Counter frames_in;  // messages and control frames from clients
  Counter frames_out;
  Counter flushes;  // records written: frames_out / flushes is how well sending coalesces
  Counter ephemeral_dropped;
  Counter slow_closes;  // closed with 4008
};

// The sum over all network threads.
struct Stats {
  std::uint64_t connections = 0;
  std::uint64_t web_sockets = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;  // over a limit, or no file descriptor left
  std::uint64_t handshakes_ok = 0;
  std::uint64_t handshakes_failed = 0;
  std::uint64_t proxy_headers_refused = 0;  // connections of proxies
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
  std::uint64_t frames_in = 0;
  std::uint64_t frames_out = 0;
  std::uint64_t flushes = 0;
  std::uint64_t ephemeral_dropped = 0;
  std::uint64_t slow_closes = 0;
};

}  // namespace wardroom::net
