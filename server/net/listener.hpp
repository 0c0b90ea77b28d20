#pragma once

#include <functional>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "common/base/result.hpp"
#include "server/net/admission.hpp"
#include "server/net/loop.hpp"

namespace wardroom::net {

// Accepts connections on one address and deals them out over the network threads, where they stay. Lives on
// the first network thread, except open(), which comes before it runs.
class Listener {
 public:
  Listener(Loop& home, std::vector<Loop*> loops, Admission& admission);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  // Binds and listens. The error names the port and what to do. "::" without IPv6 on the machine listens on
  // 0.0.0.0.
  Result<void> open(const Endpoint& endpoint);
  std::uint16_t port() const { return port_; }
  void begin();
  void close();

 private:
  void wait();
  void pause();
  bool accept_one();
  bool refuse_one();

  std::vector<Loop*> loops_;
  Admission& admission_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  std::size_t next_loop_ = 0;
  std::uint16_t port_ = 0;
  int spare_ = -1;  // a descriptor kept so that there is one left to refuse newcomers with
};

}  // namespace wardroom::net
