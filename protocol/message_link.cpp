#include "protocol/message_link.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace wardroom::protocol {
namespace {

constexpr std::string_view kMessageScheme = "wardroom://";
constexpr std::string_view kRoomPart = "/room/";
constexpr std::size_t kMaxMessageLinkBytes = 512;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view without_space(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// What stands behind the scheme; nothing without one.
std::optional<std::string_view> behind_scheme(std::string_view text) {
  text = without_space(text);
  if (!same_without_case(text.substr(0, kMessageScheme.size()), kMessageScheme)) return std::nullopt;
  return text.substr(kMessageScheme.size());
}

Error message_link_error(std::string_view what) {
  return params_error(
      "link", std::string(what) + " Copy the whole link of the message, from wardroom:// to its end.");
}

std::optional<std::int64_t> parse_number(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number <= 0) return std::nullopt;
  return number;
}

}  // namespace

bool looks_like_message_link(std::string_view text) {
  const auto rest = behind_scheme(text);
  return rest && rest->substr(std::min(rest->find('/'), rest->size())).starts_with(kRoomPart);
}

Result<MessageLink> parse_message_link(std::string_view text) {
  if (text.size() > kMaxMessageLinkBytes) return message_link_error("The link is too long.");
  if (!looks_like_message_link(text)) return message_link_error("This isn't the link of a message.");
  const std::string_view rest = *behind_scheme(text);
  const auto slash = rest.find('/');
  const auto server = parse_server_address(rest.substr(0, slash));
  if (!server) return message_link_error("The link's address can't be read.");
  const std::string_view place = rest.substr(slash + kRoomPart.size());
  const auto between = place.find('/');
  const auto room = parse_number(place.substr(0, between));
  if (!room) return message_link_error("The link's room can't be read.");
  const auto seq = between == std::string_view::npos ? std::nullopt : parse_number(place.substr(between + 1));
  if (!seq) return message_link_error("The link is incomplete: which message is missing.");
  return MessageLink{*server, RoomId{*room}, Seq{*seq}};
}

std::string compose_message_link(const MessageLink& link) {
  return std::string(kMessageScheme) + to_string(link.server) + std::string(kRoomPart) +
         std::to_string(link.room.value) + "/" + std::to_string(link.seq.value);
}

bool is_same_server(const ServerAddress& a, const ServerAddress& b) {
  return a.port == b.port && same_without_case(a.host, b.host);
}

}  // namespace wardroom::protocol
