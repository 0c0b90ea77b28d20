#include "server/net/upgrade.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <openssl/evp.h>

#include "protocol/limits.hpp"

namespace wardroom::net {
namespace {

struct Authority {
  std::string_view host;  // an IPv6 address without its brackets
  std::string_view port;  // as written; empty: none
};

Authority split(std::string_view text) {
  const bool bracketed = text.starts_with('[') && text.find(']') != std::string_view::npos;
  const auto end = bracketed ? text.find(']') + 1 : std::min(text.find(':'), text.size());
  Authority out{text.substr(0, end), text.substr(end)};
  if (bracketed) out.host = out.host.substr(1, end - 2);
  if (out.port.starts_with(':')) out.port.remove_prefix(1);
  if (out.host.ends_with('.')) out.host.remove_suffix(1);  // the same name, written in full
  return out;
}

bool is_address(std::string_view host) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  const std::string text(host);
  return inet_pton(AF_INET, text.c_str(), ignored.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), ignored.data()) == 1;
}

bool is_ours(std::string_view host, const std::vector<std::string>& hosts) {
  return std::any_of(hosts.begin(), hosts.end(),
                     [&](const std::string& ours) { return equal_ignoring_case(host, ours); });
}

// Base64 of 16 bytes: 22 characters, the last of which has four unused bits, and two of padding.
bool is_key(std::string_view key) {
  if (key.size() != 24 || !key.ends_with("==")) return false;
  const auto is_base64 = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  };
  return std::all_of(key.begin(), key.end() - 2, is_base64);
}

}  // namespace

std::string compute_accept_key(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, 20> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
  std::array<unsigned char, 29> encoded{};  // 28 characters and the zero that EVP_EncodeBlock adds
  EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
  return {encoded.begin(), encoded.end() - 1};
}

bool is_foreign_host(const HttpRequest& request, const std::vector<std::string>& hosts) {
  const std::string_view host = split(request.host).host;
  return !host.empty() && !hosts.empty() && !is_address(host) && !equal_ignoring_case(host, "localhost") &&
         !is_ours(host, hosts);
}

bool is_cross_origin(const HttpRequest& request, const std::vector<std::string>& hosts) {
  if (request.origin.empty()) return false;
  constexpr std::string_view kScheme = "https://";
  if (!request.origin.starts_with(kScheme)) return true;
  const Authority origin = split(request.origin.substr(kScheme.size()));
  const Authority asked = split(request.host);
  const auto port = [](const Authority& of) { return of.port.empty() ? std::string_view("443") : of.port; };
  if (asked.host.empty() || port(origin) != port(asked)) return true;
  return hosts.empty() ? !equal_ignoring_case(origin.host, asked.host) : !is_ours(origin.host, hosts);
}

std::variant<std::string, HttpRefusal> check_upgrade(const HttpRequest& request) {
  if (!lists(request.upgrade, "websocket") || !lists(request.connection, "upgrade"))
    return HttpRefusal{426, "upgrade_required", "This address speaks WebSocket only.",
                       "Upgrade: websocket\r\nConnection: Upgrade"};
  if (request.web_socket_version != "13")
    return HttpRefusal{426, "upgrade_required", "Sec-WebSocket-Version must be 13.",
                       "Sec-WebSocket-Version: 13\r\nUpgrade: websocket"};
  if (!is_key(request.web_socket_key))
    return HttpRefusal{400, "request", "Sec-WebSocket-Key must be 16 bytes in base64.", {}};
  if (!lists(request.web_socket_protocols, protocol::kSubprotocol))
    return HttpRefusal{
        400, "request", "Sec-WebSocket-Protocol must offer " + std::string(protocol::kSubprotocol) + ".", {}};
  std::string response =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
      "Upgrade\r\nSec-WebSocket-Accept: ";
  response += compute_accept_key(request.web_socket_key);
  response += "\r\nSec-WebSocket-Protocol: ";
  response += protocol::kSubprotocol;
  response += "\r\n\r\n";
  return response;
}

}  // namespace wardroom::net
