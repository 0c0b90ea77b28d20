#include "protocol/server_address.hpp"

#include <charconv>

namespace wardroom::protocol {

std::string_view without_root(std::string_view host) {
  return host.size() > 1 && host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
}

std::optional<ServerAddress> parse_server_address(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('/')) text.remove_suffix(1);
  ServerAddress address;
  std::string_view port;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    address.host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && !port.starts_with(':')) return std::nullopt;
    if (!port.empty()) port.remove_prefix(1);
  } else {
    const auto colon = text.find(':');
    address.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon + 1);
  }
  address.host = std::string(without_root(address.host));
  if (address.host.empty() || address.host.find_first_of(" /@") != std::string::npos) return std::nullopt;
  if (port.empty()) return address;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc{} || end != port.data() + port.size() || address.port == 0) return std::nullopt;
  return address;
}

std::string to_string(const ServerAddress& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

}  // namespace wardroom::protocol
