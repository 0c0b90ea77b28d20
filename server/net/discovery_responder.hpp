#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

#include "common/base/result.hpp"
#include "common/base/udp_socket.hpp"
#include "protocol/discovery.hpp"

namespace wardroom::net {

class DiscoveryAnswerer;

// Answers PCs that ask the LAN for servers, on a thread of its own: whatever comes on its port, no connection
// waits for it. It stops when it goes.
class DiscoveryResponder {
 public:
  // The offer can be sent (protocol::can_be_offered). The error names the port.
  static Result<std::unique_ptr<DiscoveryResponder>> open(std::uint16_t port, protocol::ServerOffer offer);
  DiscoveryResponder(const DiscoveryResponder&) = delete;
  DiscoveryResponder& operator=(const DiscoveryResponder&) = delete;
  ~DiscoveryResponder();

  // What it answers from now on. Any thread.
  void set_offer(protocol::ServerOffer offer);

 private:
  DiscoveryResponder(UdpSocket socket, int wake, protocol::ServerOffer offer);
  void run();
  void join_groups();
  bool answer_some(DiscoveryAnswerer& answerer);

  UdpSocket socket_;
  const int wake_;  // an eventfd: the thread is to end
  std::mutex mutex_;
  protocol::ServerOffer offer_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace wardroom::net
