#include "common/base/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <utility>

// clang-format off
#include <winsock2.h>
#include <ws2tcpip.h>
// clang-format on

namespace wardroom {
namespace {

constexpr std::size_t kMaxInterfaces = 64;

SOCKET system_socket(int descriptor) {
  return static_cast<SOCKET>(static_cast<unsigned>(descriptor));
}

// Winsock wants to be told that it is used, once; it ends with the program.
bool start_winsock() {
  static const bool started = [] {
    WSADATA about{};
    return WSAStartup(MAKEWORD(2, 2), &about) == 0;
  }();
  return started;
}

sockaddr_in to_system(const Ipv4Endpoint& endpoint) {
  sockaddr_in system{};
  system.sin_family = AF_INET;
  system.sin_port = htons(endpoint.port);
  system.sin_addr.s_addr = htonl(endpoint.address);
  return system;
}

template <class Value>
bool set_option(int descriptor, int level, int name, const Value& value) {
  return setsockopt(system_socket(descriptor), level, name, reinterpret_cast<const char*>(&value),
                    sizeof value) == 0;
}

std::string udp_failure(std::uint16_t port, int error) {
  if (error == WSAEADDRINUSE)
    return "UDP port " + std::to_string(port) +
           " is in use by another program. End that, or choose another port.";
  return "UDP port " + std::to_string(port) + " can't be opened (Windows says error " +
         std::to_string(error) + ").";
}

}  // namespace

// Handles have 32 bits that mean something, on Windows of 64 bits too.
Result<UdpSocket> UdpSocket::open(std::uint16_t port, Use use) {
  if (!start_winsock()) return unavailable("Windows' network can't be used: Winsock doesn't start.");
  const SOCKET made = WSASocketW(AF_INET, SOCK_DGRAM, 0, nullptr, 0, WSA_FLAG_NO_HANDLE_INHERIT);
  if (made == INVALID_SOCKET) return unavailable(udp_failure(port, WSAGetLastError()));
  UdpSocket socket(static_cast<int>(made));
  const BOOL on = TRUE;
  const DWORD hops = 1;
  u_long without_waiting = 1;
  const sockaddr_in here = to_system({INADDR_ANY, port});
  const bool done =
      ioctlsocket(made, static_cast<long>(FIONBIO), &without_waiting) == 0 &&
      set_option(socket.descriptor_, SOL_SOCKET, use == Use::asks ? SO_BROADCAST : SO_REUSEADDR, on) &&
      set_option(socket.descriptor_, IPPROTO_IP, IP_TTL, hops) &&
      set_option(socket.descriptor_, IPPROTO_IP, IP_MULTICAST_TTL, hops) &&
      bind(made, reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0;
  if (!done) return unavailable(udp_failure(port, WSAGetLastError()));
  return socket;
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

UdpSocket& UdpSocket::operator=(UdpSocket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

UdpSocket::~UdpSocket() {
  if (descriptor_ >= 0) closesocket(system_socket(descriptor_));
}

std::vector<Ipv4Interface> UdpSocket::interfaces() const {
  std::array<INTERFACE_INFO, kMaxInterfaces> entries{};
  DWORD bytes = 0;
  if (WSAIoctl(system_socket(descriptor_), SIO_GET_INTERFACE_LIST, nullptr, 0, entries.data(),
               static_cast<DWORD>(sizeof entries), &bytes, nullptr, nullptr) != 0)
    return {};
  std::vector<Ipv4Interface> found;
  for (std::size_t i = 0; i < std::min(bytes / sizeof(INTERFACE_INFO), entries.size()); ++i) {
    const INTERFACE_INFO& entry = entries[i];
    if ((entry.iiFlags & IFF_UP) == 0) continue;
    Ipv4Interface one{ntohl(entry.iiAddress.AddressIn.sin_addr.s_addr), std::nullopt};
    // The broadcast address that Windows tells is always 255.255.255.255; the network's own follows from its
    // mask.
    if ((entry.iiFlags & IFF_BROADCAST) != 0 && (entry.iiFlags & IFF_LOOPBACK) == 0)
      one.broadcast = one.address | ~ntohl(entry.iiNetmask.AddressIn.sin_addr.s_addr);
    found.push_back(one);
  }
  return found;
}

bool UdpSocket::join(std::uint32_t group, std::uint32_t interface_address) {
  ip_mreq request{};
  request.imr_multiaddr.s_addr = htonl(group);
  request.imr_interface.s_addr = htonl(interface_address);
  return set_option(descriptor_, IPPROTO_IP, IP_ADD_MEMBERSHIP, request);
}

bool UdpSocket::send_groups_by(std::uint32_t interface_address) {
  in_addr address{};
  address.s_addr = htonl(interface_address);
  return set_option(descriptor_, IPPROTO_IP, IP_MULTICAST_IF, address);
}

void UdpSocket::wait(std::chrono::milliseconds most) const {
  WSAPOLLFD waiting{system_socket(descriptor_), POLLRDNORM, 0};
  WSAPoll(&waiting, 1, static_cast<int>(most.count()));
}

bool UdpSocket::send(std::span<const std::byte> datagram, const Ipv4Endpoint& to) {
  const sockaddr_in there = to_system(to);
  const auto size = static_cast<int>(datagram.size());
  return sendto(system_socket(descriptor_), reinterpret_cast<const char*>(datagram.data()), size, 0,
                reinterpret_cast<const sockaddr*>(&there), sizeof there) == size;
}

std::optional<UdpSocket::Received> UdpSocket::receive(std::span<std::byte> into) {
  // What an earlier datagram came to (ICMP) is told here as an error, once; behind it may be others.
  for (int tries = 0; tries < 4; ++tries) {
    sockaddr_in there{};
    int size = sizeof there;
    const int got = recvfrom(system_socket(descriptor_), reinterpret_cast<char*>(into.data()),
                             static_cast<int>(into.size()), 0, reinterpret_cast<sockaddr*>(&there), &size);
    const int error = got == SOCKET_ERROR ? WSAGetLastError() : 0;
    // A longer datagram is an error here; what fits has come all the same.
    if (got >= 0 || error == WSAEMSGSIZE)
      return Received{into.first(got >= 0 ? static_cast<std::size_t>(got) : into.size()),
                      {ntohl(there.sin_addr.s_addr), ntohs(there.sin_port)}};
    if (error == WSAEWOULDBLOCK) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace wardroom
