#include "server/net/upgrade.hpp"

#include <algorithm>
#include <array>

#include <openssl/evp.h>

#include "protocol/limits.hpp"

namespace wardroom::net {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Whether a comma-separated list has the token.
bool lists(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (equal_ignoring_case(trimmed(list.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
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

bool is_cross_origin(const HttpRequest& request) {
  if (request.origin.empty()) return false;
  constexpr std::string_view kScheme = "https://";
  return !request.origin.starts_with(kScheme) || request.host.empty() ||
         !equal_ignoring_case(request.origin.substr(kScheme.size()), request.host);
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
