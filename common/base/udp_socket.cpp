#include "common/base/udp_socket.hpp"

#include <charconv>

namespace wardroom {

std::optional<std::uint32_t> parse_ipv4(const std::string& text) {
  std::uint32_t address = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at == end || *at++ != '.')) return std::nullopt;
    std::uint8_t value = 0;
    const char* const first = at;
    const auto [after, failed] = std::from_chars(first, end, value);
    // "010" is ten to some and eight to others.
    if (failed != std::errc{} || (*first == '0' && after - first > 1)) return std::nullopt;
    address = address << 8U | value;
    at = after;
  }
  if (at != end) return std::nullopt;
  return address;
}

std::string ipv4_text(std::uint32_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    text += (text.empty() ? "" : ".") + std::to_string(address >> shift & 0xFFU);
  return text;
}

}  // namespace wardroom
