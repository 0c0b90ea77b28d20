#include "protocol/invite_link.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

#include "protocol/limits.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::protocol {
namespace {

constexpr std::string_view kScheme = "wardroom://";
constexpr std::string_view kWebScheme = "https://";
// Behind # is what no browser sends: the token stays on the page.
constexpr std::string_view kWebPath = "/join#";
constexpr std::uint16_t kWebPort = 443;
constexpr std::size_t kMaxLinkBytes = 1024;

Error link_error(std::string message) {
  return params_error("link",
                      std::move(message) + " Copy the whole invite link, from wardroom:// to its end.");
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// RFC 3986 section 3.1: schemes have no case, and some programs begin every line with a capital.
bool has_scheme(std::string_view text, std::string_view scheme) {
  if (text.size() < scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i]) return false;
  }
  return true;
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  for (const char c : host)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
          c == '-' || c == ':' || c == '_'))
      return false;
  return true;
}

std::optional<Digest> parse_pin(std::string_view text) {
  const auto bytes = parse_base64url(text);
  Digest pin{};
  if (!bytes || bytes->size() != pin.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), pin.begin());
  return pin;
}

Result<void> parse_authority(std::string_view authority, std::uint16_t default_port, InviteLink& link) {
  std::string_view host = authority;
  std::string_view port;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return link_error("The link's address lacks a closing bracket.");
    host = authority.substr(1, close - 1);
    port = authority.substr(close + 1);
    if (!port.empty() && port.front() != ':') return link_error("The link's port can't be read.");
    if (!port.empty()) port.remove_prefix(1);
  } else if (const auto colon = authority.find(':'); colon != std::string_view::npos) {
    host = authority.substr(0, colon);
    port = authority.substr(colon + 1);
  }
  if (!is_host(host)) return link_error("The link's host name can't be read.");
  link.host = std::string(without_root(host));
  link.port = default_port;
  if (port.empty()) return ok();
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), link.port);
  if (error != std::errc{} || end != port.data() + port.size() || link.port == 0)
    return link_error("The link's port must be a number from 1 to 65535.");
  return ok();
}

std::string fingerprint_signs(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z')
      out.push_back(static_cast<char>(c - 'a' + 'A'));
    else if (c != ' ' && c != '-')
      out.push_back(c);
  }
  return out;
}

}  // namespace

Result<InviteLink> parse_invite_link(std::string_view text) {
  text = trimmed(text);
  if (text.size() > kMaxLinkBytes) return link_error("The link is too long.");
  const bool is_web = has_scheme(text, kWebScheme) && text.find(kWebPath) != std::string_view::npos;
  if (!is_web && !has_scheme(text, kScheme)) return link_error("An invite link starts with wardroom://.");
  text.remove_prefix(is_web ? kWebScheme.size() : kScheme.size());
  const auto slash = is_web ? text.find(kWebPath) : text.find_first_of("/?");
  InviteLink link;
  const std::uint16_t default_port = is_web ? kWebPort : std::uint16_t{kDefaultPort};
  if (auto done = parse_authority(text.substr(0, slash), default_port, link); !done) return done.error();
  const auto question = text.find(is_web ? '#' : '?');
  std::string_view query =
      question == std::string_view::npos ? std::string_view{} : text.substr(question + 1);
  bool has_pin = false;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    // Copied from the source of a page or a mail: & is written &amp; there.
    if (query.starts_with("amp;")) query.remove_prefix(4);
    if (pair.starts_with("ca=")) {
      const auto pin = parse_pin(pair.substr(3));
      if (!pin) return link_error("The link is incomplete: the server's key (ca=) is cut off.");
      link.ca_pin = *pin;
      has_pin = true;
    } else if (pair.starts_with("next=")) {
      link.next_pin = parse_pin(pair.substr(5));
      if (!link.next_pin) return link_error("The link is incomplete: its second key (next=) is cut off.");
    } else if (pair.starts_with("t=")) {
      if (!parse_base64url(pair.substr(2)))
        return link_error("The link is incomplete: its token (t=) is cut off.");
      link.token = Secret(std::string(pair.substr(2)));
    }
  }
  if (!has_pin) return link_error("The link is incomplete: the server's key (ca=) is missing.");
  return link;
}

namespace {

Secret compose_link(const InviteLink& link, std::string_view scheme, std::string_view path) {
  const bool is_ipv6 = link.host.find(':') != std::string::npos;
  std::string text(scheme);
  text += is_ipv6 ? "[" + link.host + "]" : link.host;
  text += ":" + std::to_string(link.port);
  text += path;
  text += "ca=" + to_base64url(link.ca_pin);
  if (link.next_pin) text += "&next=" + to_base64url(*link.next_pin);
  if (!link.token.empty()) {
    text += "&t=";
    text += link.token.reveal();
  }
  return Secret(std::move(text));
}

}  // namespace

Secret compose_invite_link(const InviteLink& link) {
  return compose_link(link, kScheme, "/?");
}

Secret compose_web_invite(const InviteLink& link) {
  return compose_link(link, kWebScheme, kWebPath);
}

std::string fingerprint(const Digest& ca_pin) {
  static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";  // RFC 4648 section 6
  std::string text;
  unsigned buffer = 0;
  unsigned bits = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    buffer = buffer << 8 | std::to_integer<unsigned>(ca_pin[i]);
    bits += 8;
    while (bits >= 5) {
      if (text.size() % 5 == 4) text.push_back('-');
      text.push_back(kAlphabet[buffer >> (bits - 5) & 31]);
      bits -= 5;
    }
  }
  return text;
}

std::size_t fingerprint_letters(std::string_view typed) {
  return fingerprint_signs(typed).size();
}

bool matches_fingerprint(const Digest& ca_pin, std::string_view typed) {
  return fingerprint_signs(fingerprint(ca_pin)) == fingerprint_signs(typed);
}

}  // namespace wardroom::protocol
