#include "server/credentials/token.hpp"

#include <sodium.h>

#include "common/base/random.hpp"

namespace wardroom::credentials {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCodeCharacters = 20;
constexpr std::size_t kGroup = 4;
constexpr std::size_t kTokenBytes = 32;

char as_alphabet(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

Issued make_token() {
  auto bytes = random_bytes<kTokenBytes>();
  Issued issued{Secret{to_base64url(bytes)}, sha256(bytes)};
  sodium_memzero(bytes.data(), bytes.size());
  return issued;
}

std::optional<Digest> parse_token(std::string_view text) {
  const auto bytes = parse_base64url(text);
  if (!bytes || bytes->size() != kTokenBytes) return std::nullopt;
  return sha256(*bytes);
}

Issued make_code() {
  std::string text;
  std::string plain;
  for (std::size_t i = 0; i < kCodeCharacters; ++i) {
    if (i > 0 && i % kGroup == 0) text.push_back('-');
    plain.push_back(kAlphabet[random_below(kAlphabet.size())]);
    text.push_back(plain.back());
  }
  const Secret wiped{std::move(plain)};
  return {Secret{std::move(text)}, sha256(as_bytes(wiped.reveal()))};
}

std::optional<Digest> parse_code(std::string_view typed) {
  std::string plain;
  for (const char c : typed) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const char mapped = as_alphabet(c);
    if (kAlphabet.find(mapped) == std::string_view::npos || plain.size() == kCodeCharacters)
      return std::nullopt;
    plain.push_back(mapped);
  }
  if (plain.size() != kCodeCharacters) return std::nullopt;
  const Secret wiped{std::move(plain)};
  return sha256(as_bytes(wiped.reveal()));
}

}  // namespace wardroom::credentials
