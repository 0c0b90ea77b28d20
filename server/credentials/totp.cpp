#include "server/credentials/totp.hpp"

#include <array>
#include <cstdio>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

namespace wardroom::credentials {
namespace {

constexpr std::size_t kSecretBytes = 20;
constexpr std::size_t kDigits = 6;
constexpr std::uint32_t kModulus = 1'000'000;
constexpr std::int64_t kStepsEachWay = 1;

// The digits alone; empty when there is anything else but spaces.
std::string digits_of(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c < '0' || c > '9' || digits.size() == kDigits) return {};
    digits.push_back(c);
  }
  return digits.size() == kDigits ? digits : std::string{};
}

// RFC 3986 section 2.3: what stays as it is.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

}  // namespace

Secret make_totp_secret() {
  const auto bytes = random_bytes<kSecretBytes>();
  return Secret(std::string(as_text(bytes)));
}

std::string totp_code(const Secret& secret, std::int64_t step) {
  std::array<unsigned char, 8> counter;
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
  unsigned size = 0;
  const auto key = secret.reveal();
  if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(),
            &size) ||
      size < 20)
    return {};  // no code is empty, so nothing matches it
  const std::size_t at = mac[size - 1] & 0x0F;
  const std::uint32_t number = (mac[at] & 0x7FU) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
  std::array<char, kDigits + 1> text;
  std::snprintf(text.data(), text.size(), "%06u", static_cast<unsigned>(number % kModulus));
  return text.data();
}

std::optional<std::int64_t> find_totp_step(const Secret& secret, std::string_view typed, TimePoint now) {
  const std::string digits = digits_of(typed);
  if (digits.empty()) return std::nullopt;
  const std::int64_t current =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() / kTotpStep.count();
  std::optional<std::int64_t> found;
  for (std::int64_t step = current - kStepsEachWay; step <= current + kStepsEachWay; ++step)
    if (equal_in_constant_time(totp_code(secret, step), digits)) found = step;
  return found;
}

bool looks_like_totp(std::string_view typed) {
  return !digits_of(typed).empty();
}

Secret to_base32(const Secret& secret) {
  constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : secret.reveal()) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) out.push_back(kBase32[bits >> (held - 5) & 31]);
  }
  if (held > 0) out.push_back(kBase32[bits << (5 - held) & 31]);
  return Secret(std::move(out));
}

Secret compose_otpauth_uri(std::string_view issuer, std::string_view account, const Secret& secret) {
  const std::string name = percent_encoded(issuer);
  std::string uri = "otpauth://totp/" + name + ":" + percent_encoded(account) + "?secret=";
  uri += to_base32(secret).reveal();
  uri += "&issuer=" + name + "&algorithm=SHA1&digits=6&period=30";
  return Secret(std::move(uri));
}

}  // namespace wardroom::credentials
