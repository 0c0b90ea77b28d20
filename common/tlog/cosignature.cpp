#include "common/tlog/cosignature.hpp"

#include <algorithm>
#include <cassert>

namespace wardroom::tlog {
namespace {

constexpr std::size_t kTimeBytes = 8;
// Beyond it a time can't be written down any more (the year 9999).
constexpr std::int64_t kLatest = 253'402'300'799;

std::string signed_message(std::int64_t seconds, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

// Eight bytes of time, big-endian, and the signature.
std::optional<Cosignature> parse_cosignature(const Bytes& blob) {
  Cosignature parsed;
  if (blob.size() != kTimeBytes + parsed.signature.size()) return std::nullopt;
  std::uint64_t seconds = 0;
  for (std::size_t i = 0; i < kTimeBytes; ++i)
    seconds = seconds << 8 | std::to_integer<std::uint64_t>(blob[i]);
  if (seconds > static_cast<std::uint64_t>(kLatest)) return std::nullopt;
  parsed.seconds = static_cast<std::int64_t>(seconds);
  std::copy(blob.begin() + kTimeBytes, blob.end(), parsed.signature.begin());
  return parsed;
}

}  // namespace

Cosigner::Cosigner(std::string name, KeyPair pair)
    : pair_(std::move(pair)), key_(std::move(name), pair_.public_key()) {}

Cosigner::Cosigner(std::string name, const Secret& seed) : Cosigner(std::move(name), KeyPair(seed)) {}

Cosigner Cosigner::of_device(const std::string& origin, const Secret& seed) {
  KeyPair pair(seed);
  const Digest digest = sha256({pair.public_key()});
  return {origin + "/witness/" + to_hex(std::span(digest).first(8)), std::move(pair)};
}

std::string Cosigner::cosign_line(std::string_view text, TimePoint now) const {
  assert(text.ends_with('\n'));
  const std::int64_t seconds = std::clamp<std::int64_t>(to_unix_ms(now) / 1000, 0, kLatest);
  Bytes blob;
  for (std::size_t i = kTimeBytes; i-- > 0;) blob.push_back(static_cast<std::byte>(seconds >> (8 * i)));
  const auto signature = pair_.sign(signed_message(seconds, text));
  blob.insert(blob.end(), signature.begin(), signature.end());
  return signature_line(key_.name(), key_.id(), blob);
}

bool has_cosigned(const CosignerKey& key, std::string_view text, const Cosignature& cosignature) {
  return has_signed(key.bytes(), signed_message(cosignature.seconds, text), cosignature.signature);
}

Result<Cosignature> open_cosignature(std::string_view note, const CosignerKey& key) {
  const auto parts = split_note(note);
  if (!parts) return parts.error();
  std::optional<Cosignature> last;
  for (const auto& blob : find_signatures(parts->signatures, key.name(), key.id())) {
    const auto parsed = parse_cosignature(blob);
    if (!parsed || !has_cosigned(key, parts->text, *parsed))
      return make_error(ErrorCode::params, "The cosignature of " + key.name() + " is wrong.",
                        "bad_signature");
    if (!last || parsed->seconds >= last->seconds) last = parsed;
  }
  if (!last) return make_error(ErrorCode::params, key.name() + " didn't cosign this.", "not_signed");
  return *last;
}

}  // namespace wardroom::tlog
