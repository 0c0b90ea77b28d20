#include "server/domain/network.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace wardroom::domain {

std::string network_of(const std::string& ip) {
  std::array<unsigned char, 16> address{};
  if (inet_pton(AF_INET6, ip.c_str(), address.data()) != 1) return ip;
  std::fill(address.begin() + 8, address.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (!inet_ntop(AF_INET6, address.data(), text.data(), text.size())) return ip;
  return std::string(text.data()) + "/64";
}

}  // namespace wardroom::domain
