#include "server/domain/network.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace wardroom::domain {
namespace {

constexpr int kMappedBits = 96;
constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0,    0,
                                                0, 0, 0, 0, 0xff, 0xff};  // RFC 4291, 2.5.5.2

std::optional<int> parse_bits(std::string_view text, int most) {
  int bits = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
  if (error != std::errc{} || end != text.data() + text.size() || bits < 0 || bits > most)
    return std::nullopt;
  return bits;
}

Network masked(Network network) {
  for (int i = 0; i < 16; ++i) {
    const int left = std::clamp(network.bits - 8 * i, 0, 8);
    network.first[static_cast<std::size_t>(i)] &= static_cast<unsigned char>(0xff00 >> left);
  }
  return network;
}

std::optional<Network> parse_address(const std::string& text) {
  Network address;
  if (inet_pton(AF_INET6, text.c_str(), address.first.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.first.begin());
  if (inet_pton(AF_INET, text.c_str(), address.first.data() + kMapped.size()) == 1) return address;
  return std::nullopt;
}

// "192.0.2." is 192.0.2.0/24, "2001:db8:" and "2001:db8::" are 2001:db8::/32.
std::optional<Network> parse_beginning(std::string text, char mark) {
  while (text.ends_with(mark)) text.pop_back();
  const int parts = 1 + static_cast<int>(std::count(text.begin(), text.end(), mark));
  if (text.empty() || text.find("::") != std::string::npos) return std::nullopt;
  if (parts >= (mark == '.' ? 4 : 8)) return std::nullopt;
  if (mark == '.')
    for (int i = parts; i < 4; ++i) text += ".0";
  else
    text += "::";
  auto network = parse_address(text);
  if (!network) return std::nullopt;
  network->bits = mark == '.' ? kMappedBits + 8 * parts : 16 * parts;
  return network;
}

}  // namespace

bool Network::overlaps(const Network& other) const {
  const int shared = std::min(bits, other.bits);
  return masked({first, shared}) == masked({other.first, shared});
}

std::optional<Network> parse_network(std::string_view text) {
  const std::string typed(text);
  if (typed.find('\0') != std::string::npos) return std::nullopt;
  if (typed.ends_with('.')) return parse_beginning(typed, '.');
  if (typed.ends_with(':') && typed != "::") return parse_beginning(typed, ':');
  const auto slash = typed.find('/');
  auto network = parse_address(typed.substr(0, slash));
  if (!network || slash == std::string::npos) return network;
  const int above = typed.find(':') == std::string::npos ? kMappedBits : 0;
  const auto bits = parse_bits(std::string_view(typed).substr(slash + 1), 128 - above);
  if (!bits) return std::nullopt;
  network->bits = above + *bits;
  return masked(*network);
}

std::string to_string(const Network& address) {
  const bool is_mapped = std::equal(kMapped.begin(), kMapped.end(), address.first.begin());
  std::array<char, INET6_ADDRSTRLEN> text{};
  const auto* shown =
      is_mapped ? inet_ntop(AF_INET, address.first.data() + kMapped.size(), text.data(), text.size())
                : inet_ntop(AF_INET6, address.first.data(), text.data(), text.size());
  return shown ? shown : "";
}

std::string network_of(const std::string& ip) {
  std::array<unsigned char, 16> address{};
  if (inet_pton(AF_INET6, ip.c_str(), address.data()) != 1) return ip;
  std::fill(address.begin() + 8, address.end(), static_cast<unsigned char>(0));
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (!inet_ntop(AF_INET6, address.data(), text.data(), text.size())) return ip;
  return std::string(text.data()) + "/64";
}

}  // namespace wardroom::domain
