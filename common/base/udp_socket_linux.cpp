#include "common/base/udp_socket.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <unistd.h>
#include <utility>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace wardroom {
namespace {

constexpr std::size_t kMaxInterfaces = 64;

sockaddr_in to_system(const Ipv4Endpoint& endpoint) {
  sockaddr_in system{};
  system.sin_family = AF_INET;
  system.sin_port = htons(endpoint.port);
  system.sin_addr.s_addr = htonl(endpoint.address);
  return system;
}

std::uint32_t address_in(const sockaddr& system) {
  sockaddr_in inet{};
  std::memcpy(&inet, &system, sizeof inet);
  return ntohl(inet.sin_addr.s_addr);
}

template <class Value>
bool set_option(int descriptor, int level, int name, const Value& value) {
  return ::setsockopt(descriptor, level, name, &value, sizeof value) == 0;
}

std::string udp_failure(std::uint16_t port, int error) {
  if (error == EADDRINUSE)
    return "UDP port " + std::to_string(port) +
           " is in use by another program. End that, or choose another port.";
  return "UDP port " + std::to_string(port) + " can't be opened: " + std::strerror(error) + ".";
}

}  // namespace

Result<UdpSocket> UdpSocket::open(std::uint16_t port, Use use) {
  const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return unavailable(udp_failure(port, errno));
  UdpSocket socket(descriptor);
  const int on = 1;
  const int hops = 1;
  bool done = set_option(descriptor, SOL_SOCKET, use == Use::asks ? SO_BROADCAST : SO_REUSEADDR, on) &&
              set_option(descriptor, IPPROTO_IP, IP_TTL, hops) &&
              set_option(descriptor, IPPROTO_IP, IP_MULTICAST_TTL, hops);
  const sockaddr_in here = to_system({INADDR_ANY, port});
  done = done && ::bind(descriptor, reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0;
  if (!done) return unavailable(udp_failure(port, errno));
  return socket;
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

UdpSocket::~UdpSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::vector<Ipv4Interface> UdpSocket::interfaces() const {
  std::array<ifreq, kMaxInterfaces> entries{};
  ifconf all{};
  all.ifc_len = static_cast<int>(sizeof entries);
  all.ifc_req = entries.data();
  if (::ioctl(descriptor_, SIOCGIFCONF, &all) != 0) return {};
  const auto count = static_cast<std::size_t>(all.ifc_len) / sizeof(ifreq);
  std::vector<Ipv4Interface> found;
  for (std::size_t i = 0; i < count && i < entries.size(); ++i) {
    const ifreq& entry = entries[i];
    ifreq asked{};
    std::memcpy(asked.ifr_name, entry.ifr_name, sizeof asked.ifr_name);
    if (::ioctl(descriptor_, SIOCGIFFLAGS, &asked) != 0 || (asked.ifr_flags & IFF_UP) == 0) continue;
    const bool has_broadcast = (asked.ifr_flags & IFF_BROADCAST) != 0;
    Ipv4Interface one{address_in(entry.ifr_addr), std::nullopt};
    if (has_broadcast && ::ioctl(descriptor_, SIOCGIFBRDADDR, &asked) == 0)
      one.broadcast = address_in(asked.ifr_broadaddr);
    found.push_back(one);
  }
  return found;
}

bool UdpSocket::join(std::uint32_t group, std::uint32_t interface_address) {
  ip_mreqn request{};
  request.imr_multiaddr.s_addr = htonl(group);
  request.imr_address.s_addr = htonl(interface_address);
  return set_option(descriptor_, IPPROTO_IP, IP_ADD_MEMBERSHIP, request);
}

bool UdpSocket::send_groups_by(std::uint32_t interface_address) {
  in_addr address{};
  address.s_addr = htonl(interface_address);
  return set_option(descriptor_, IPPROTO_IP, IP_MULTICAST_IF, address);
}

void UdpSocket::wait(std::chrono::milliseconds most) const {
  pollfd waiting{descriptor_, POLLIN, 0};
  ::poll(&waiting, 1, static_cast<int>(most.count()));
}

bool UdpSocket::send(std::span<const std::byte> datagram, const Ipv4Endpoint& to) {
  const sockaddr_in there = to_system(to);
  const auto sent = ::sendto(descriptor_, datagram.data(), datagram.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&there), sizeof there);
  return sent == static_cast<ssize_t>(datagram.size());
}

std::optional<UdpSocket::Received> UdpSocket::receive(std::span<std::byte> into) {
  // What an earlier datagram came to (ICMP) is told here as an error, once; behind it may be others.
  for (int tries = 0; tries < 4; ++tries) {
    sockaddr_in there{};
    socklen_t size = sizeof there;
    const auto got =
        ::recvfrom(descriptor_, into.data(), into.size(), 0, reinterpret_cast<sockaddr*>(&there), &size);
    if (got >= 0)
      return Received{into.first(static_cast<std::size_t>(got)),
                      {ntohl(there.sin_addr.s_addr), ntohs(there.sin_port)}};
    if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace wardroom
