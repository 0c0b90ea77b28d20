#include "server/ops/host_name.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace wardroom::ops {
namespace {

constexpr std::size_t kMaxName = 253;  // RFC 1035 section 2.3.4, without the final dot
constexpr std::size_t kMaxLabel = 63;

bool is_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxName) return false;
  std::size_t label = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '.') {
      if (label == 0 || name[i - 1] == '-') return false;
      label = 0;
      continue;
    }
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!is_plain && !(c == '-' && label > 0)) return false;
    if (++label > kMaxLabel) return false;
  }
  return label > 0 && name.back() != '-';
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

template <int Family, std::size_t Size>
bool shorten_address(std::string& text) {
  unsigned char address[Size];
  char shortest[INET6_ADDRSTRLEN];
  if (::inet_pton(Family, text.c_str(), address) != 1) return false;
  text = ::inet_ntop(Family, address, shortest, sizeof shortest);
  return true;
}

// fe80::/10, or with a zone behind it.
bool is_of_one_link(std::string_view host) {
  if (host.find('%') != std::string_view::npos) return true;
  return host.size() > 3 && host.find(':') != std::string_view::npos && host.starts_with("fe") &&
         (host[2] == '8' || host[2] == '9' || host[2] == 'a' || host[2] == 'b');
}

}  // namespace

Result<HostName> parse_host(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  std::string host = lower(text);
  if (shorten_address<AF_INET, 4>(host)) return HostName{host, HostName::Kind::ipv4};
  if (is_of_one_link(host))
    return params_error("host",
                        "\"" + std::string{text} +
                            "\" is an address of one link alone, which PCs can't reach the server by. Name a "
                            "host name or an address that the whole office can use.");
  if (shorten_address<AF_INET6, 16>(host)) return HostName{host, HostName::Kind::ipv6};
  // Digits and dots alone are a mistyped address: nobody could reach it as a name.
  const bool is_number = host.find_first_not_of("0123456789.") == std::string::npos;
  if (is_number || !is_name(host))
    return params_error("host",
                        "\"" + std::string{text} +
                            "\" is neither a host name nor an IP address. Name what people's PCs reach the "
                            "server by, for example chat.example.org or 192.168.1.10.");
  return HostName{host, HostName::Kind::name};
}

Result<std::vector<HostName>> parse_hosts(std::string_view comma_separated) {
  std::vector<HostName> hosts;
  while (true) {
    const auto comma = comma_separated.find(',');
    auto host = parse_host(comma_separated.substr(0, comma));
    if (!host) return host.error();
    if (std::find(hosts.begin(), hosts.end(), *host) == hosts.end()) hosts.push_back(*std::move(host));
    if (comma == std::string_view::npos) return hosts;
    comma_separated.remove_prefix(comma + 1);
  }
}

}  // namespace wardroom::ops
