#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom {

// Where a datagram comes from or goes to; in the machine's own order of bytes.
struct Ipv4Endpoint {
  std::uint32_t address = 0;
  std::uint16_t port = 0;

  bool operator==(const Ipv4Endpoint&) const = default;
};

// "192.0.2.7"; nothing: not an IPv4 address.
std::optional<std::uint32_t> parse_ipv4(const std::string& text);
std::string ipv4_text(std::uint32_t address);

// An IPv4 address of this machine.
struct Ipv4Interface {
  std::uint32_t address = 0;
  std::optional<std::uint32_t> broadcast;  // of its network; the loopback's has none
};

// An IPv4 socket for datagrams that neither waits nor is passed on to children. What it sends stays in the
// networks that this machine is in: the time to live is 1.
class UdpSocket {
 public:
  // asks: may send to a whole network. answers: may not, whoever a question claims to be from; others on this
  // machine may have the same port, and each gets what is sent to a group or by broadcast.
  enum class Use { asks, answers };
  // Port 0: any free one.
  static Result<UdpSocket> open(std::uint16_t port, Use use);

  UdpSocket(UdpSocket&& other) noexcept;
  UdpSocket& operator=(UdpSocket&& other) noexcept;
  ~UdpSocket();

  // For poll(2); of Windows' handles, all that means something.
  int descriptor() const { return descriptor_; }

  // By the addresses that it has now, 64 at most. Without netlink, which the packaged service may not use.
  std::vector<Ipv4Interface> interfaces() const;
  // False: it isn't in the group by that interface, or was already.
  bool join(std::uint32_t group, std::uint32_t interface_address);
  // What goes to groups goes by that interface from now on.
  bool send_groups_by(std::uint32_t interface_address);

  // False: it isn't sent. A datagram may be lost at any time, so there is nothing else to do about it.
  bool send(std::span<const std::byte> datagram, const Ipv4Endpoint& to);

  struct Received {
    std::span<const std::byte> datagram;  // in `into`; a longer one is cut off
    Ipv4Endpoint from;
  };
  // Nothing: there is none now.
  std::optional<Received> receive(std::span<std::byte> into);
  // Until there is one, or for so long at most.
  void wait(std::chrono::milliseconds most) const;

 private:
  explicit UdpSocket(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace wardroom
