#include "server/net/proxy_header.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <boost/asio/ip/address.hpp>

namespace wardroom::net {
namespace {

using namespace std::string_view_literals;

constexpr auto kSignature = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t kFixed = 16;  // signature, version and command, family, length of the rest

unsigned byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

std::size_t length_at(std::string_view bytes, std::size_t i) {
  return byte_at(bytes, i) << 8 | byte_at(bytes, i + 1);
}

ProxyHeader refused(std::string_view reason) {
  return {.kind = ProxyHeader::Kind::refused, .reason = reason};
}

template <class Address>
std::string to_text(std::string_view bytes) {
  typename Address::bytes_type raw;
  std::memcpy(raw.data(), bytes.data(), raw.size());
  return Address(raw).to_string();
}

std::string to_ipv6_text(std::string_view bytes) {
  constexpr auto kMapped = "\0\0\0\0\0\0\0\0\0\0\xFF\xFF"sv;
  if (bytes.starts_with(kMapped)) return to_text<boost::asio::ip::address_v4>(bytes.substr(kMapped.size()));
  return to_text<boost::asio::ip::address_v6>(bytes);
}

// What a proxy adds behind the addresses: a type, two bytes of length, a value. Nobody here reads any, but a
// length that leads out of the header says that the rest isn't to be believed either.
bool are_whole(std::string_view additions) {
  while (!additions.empty()) {
    if (additions.size() < 3) return false;
    const std::size_t length = length_at(additions, 1);
    if (length > additions.size() - 3) return false;
    additions.remove_prefix(3 + length);
  }
  return true;
}

// `part` is what follows the fixed bytes.
ProxyHeader read_addresses(unsigned family, std::string_view part) {
  constexpr unsigned kTcp4 = 0x11;
  constexpr unsigned kTcp6 = 0x21;
  if (family != kTcp4 && family != kTcp6) return refused("not_tcp");
  const std::size_t size = family == kTcp4 ? 12 : 36;  // two addresses and two ports
  if (part.size() < size || !are_whole(part.substr(size))) return refused("malformed");
  return {.kind = ProxyHeader::Kind::client,
          .ip = family == kTcp4 ? to_text<boost::asio::ip::address_v4>(part) : to_ipv6_text(part)};
}

// The text up to the next space, which is taken with it.
std::string_view take_word(std::string_view& rest) {
  const auto word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

// As it would be written again; nothing when it isn't an address of that kind.
std::string read_ip(std::string_view text, bool is_ipv4) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(text), error);
  if (error || address.is_v4() != is_ipv4) return {};
  if (is_ipv4) return address.to_string();
  const auto raw = address.to_v6().to_bytes();
  return to_ipv6_text({reinterpret_cast<const char*>(raw.data()), raw.size()});
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), port);
  return why == std::errc{} && end == text.data() + text.size() && port <= 65'535;
}

// "PROXY TCP4 192.0.2.7 198.51.100.1 50000 7443\r\n". Its end is seen only when it is there, so from the
// sixteenth byte on it is read byte by byte.
ProxyHeader read_line(std::string_view bytes) {
  if (!bytes.ends_with("\r\n"))
    return bytes.size() < kMaxProxyLine ? ProxyHeader{.wanted = 1} : refused("too_long");
  std::string_view rest = bytes.substr(0, bytes.size() - 2);
  take_word(rest);
  const auto family = take_word(rest);
  if (family != "TCP4" && family != "TCP6") return refused("not_tcp");
  const bool is_ipv4 = family == "TCP4";
  std::string from = read_ip(take_word(rest), is_ipv4);
  const bool is_right = !from.empty() && !read_ip(take_word(rest), is_ipv4).empty() &&
                        is_port(take_word(rest)) && is_port(rest);
  return is_right ? ProxyHeader{.kind = ProxyHeader::Kind::client, .ip = std::move(from)}
                  : refused("malformed");
}

// Whether these bytes begin what `whole` is, or go on behind it.
bool begins(std::string_view bytes, std::string_view whole) {
  const std::size_t compared = std::min(bytes.size(), whole.size());
  return bytes.substr(0, compared) == whole.substr(0, compared);
}

}  // namespace

ProxyHeader read_proxy_header(std::string_view bytes) {
  const bool is_line = begins(bytes, "PROXY ");
  if (!is_line && !begins(bytes, kSignature)) return refused("no_header");
  if (bytes.size() < kFixed) return {.wanted = kFixed - bytes.size()};
  if (is_line) return read_line(bytes);
  const unsigned command = byte_at(bytes, 12);
  constexpr unsigned kLocal = 0x20;
  constexpr unsigned kProxy = 0x21;
  if (command != kLocal && command != kProxy) return refused("malformed");
  const std::size_t length = length_at(bytes, 14);
  if (length > kMaxProxyPart) return refused("too_long");
  if (bytes.size() < kFixed + length) return {.wanted = kFixed + length - bytes.size()};
  // Whatever a proxy says of its own connection is to be passed over.
  if (command == kLocal) return {.kind = ProxyHeader::Kind::local};
  return read_addresses(byte_at(bytes, 13), bytes.substr(kFixed, length));
}

}  // namespace wardroom::net
