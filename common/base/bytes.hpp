#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardroom {

using Bytes = std::vector<std::byte>;
using Digest = std::array<std::byte, 32>;

inline std::span<const std::byte> as_bytes(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}
inline std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(std::span<const std::byte> bytes);
// Either case; nothing when a character doesn't belong there or a digit is missing.
std::optional<Bytes> parse_hex(std::string_view text);
// RFC 4648 section 4, with padding.
std::string to_base64(std::span<const std::byte> bytes);
std::optional<Bytes> parse_base64(std::string_view text);
// RFC 4648 section 5, without padding: fits into a link.
std::string to_base64url(std::span<const std::byte> bytes);
// Nothing when a character doesn't belong there.
std::optional<Bytes> parse_base64url(std::string_view text);

// Nothing unless these are 32 bytes.
std::optional<Digest> to_digest(const std::optional<Bytes>& bytes);

Digest sha256(std::span<const std::byte> bytes);
// SHA-256 of the parts one after the other.
Digest sha256(std::initializer_list<std::span<const std::byte>> parts);

}  // namespace wardroom
