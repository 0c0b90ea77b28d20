#include "common/base/uuid.hpp"

#include "common/base/random.hpp"

namespace wardroom {

Uuid make_uuid7(TimePoint now) {
  Uuid uuid{random_bytes<16>()};
  const auto ms = static_cast<std::uint64_t>(to_unix_ms(now));
  for (unsigned i = 0; i < 6; ++i) uuid.bytes[i] = static_cast<std::byte>(ms >> (40 - 8 * i));
  uuid.bytes[6] = (uuid.bytes[6] & std::byte{0x0F}) | std::byte{0x70};
  uuid.bytes[8] = (uuid.bytes[8] & std::byte{0x3F}) | std::byte{0x80};
  return uuid;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  const auto nibble = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  Uuid uuid;
  std::size_t at = 0;
  for (auto& byte : uuid.bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) {
      if (text[at++] != '-') return std::nullopt;
    }
    const int high = nibble(text[at]);
    const int low = nibble(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    byte = static_cast<std::byte>(high << 4 | low);
    at += 2;
  }
  return uuid;
}

std::string to_string(const Uuid& uuid) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    const auto byte = std::to_integer<unsigned>(uuid.bytes[i]);
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

}  // namespace wardroom
