#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/base/error.hpp"
#include "common/link/find_addresses.hpp"
#include "protocol/introduction.hpp"

namespace boost::asio {
class io_context;
}

namespace wardroom::link {

// Why a wire ended, and whether it makes sense to connect again.
struct Loss {
  Error error;
  bool resumable = true;
};

// One WebSocket over TLS, from dialling to its end. Lives on the thread that runs the io_context, which
// outlives it.
class Wire {
 public:
  struct Events {
    // With what the handshake made of the introduction: trust.hpp.
    std::function<void(const protocol::Introduction& checked)> opened;
    std::function<void(std::string_view text)> text;
    std::function<void(Loss)> lost;  // once, as the last event
  };
  struct Limits {
    std::size_t incoming_bytes;
    std::chrono::milliseconds silence;  // without a byte
    std::chrono::milliseconds goodbye{1'000};
  };
  virtual ~Wire() = default;

  virtual void send(std::string text) = 0;
  // Bytes that wait for the socket.
  virtual std::size_t queued_bytes() const = 0;
  // When the last byte came, also one of a text that isn't whole yet; before the first, when the dial began.
  // Such a byte is seen when somebody asks, and counts as of then. While reading is stopped it is always now:
  // silence says nothing about the server then.
  virtual SteadyPoint heard() = 0;
  // Stops or goes on reading; at most one text still comes after a stop.
  virtual void set_reading(bool reading) = 0;
  // No more events from here on. Says goodbye with code 1000, as far as the server listens, and closes.
  virtual void hang_up() = 0;
  // No more events from here on; cuts at once.
  virtual void drop() = 0;
};

std::shared_ptr<Wire> dial_wire(boost::asio::io_context& io, protocol::Introduction introduction,
                                Wire::Limits limits, Wire::Events events, FindAddresses find_addresses);

}  // namespace wardroom::link
