#include "common/tlog/signed_note.hpp"

#include <algorithm>
#include <cassert>
#include <sodium.h>

#include "common/base/random.hpp"

namespace wardroom::tlog {
namespace {

constexpr std::byte kEd25519{1};
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // em dash and a blank
constexpr std::size_t kMaxNote = 64 * 1024;

Error bad_note(std::string why) {
  return make_error(ErrorCode::params, "The signed head is not well-formed: " + std::move(why), "bad_note");
}

const unsigned char* raw(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::array<std::byte, 4> key_id(std::string_view name, std::span<const std::byte> key) {
  static constexpr std::byte kLineFeedAndType[] = {std::byte{'\n'}, kEd25519};
  const Digest digest = sha256({as_bytes(name), kLineFeedAndType, key});
  return {digest[0], digest[1], digest[2], digest[3]};
}

bool is_name(std::string_view name) {
  return !name.empty() && name.find_first_of("+ \t\r\n") == std::string_view::npos;
}

// Whether a signature line is this key's and right; `line` is without its line feed.
enum class Verdict { another_key, right, wrong };
Verdict check_line(std::string_view line, std::string_view text, const VerifierKey& key) {
  line.remove_prefix(kDash.size());
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || line.substr(0, blank) != key.name()) return Verdict::another_key;
  const auto bytes = parse_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() < 4 || !std::equal(key.id().begin(), key.id().end(), bytes->begin()))
    return Verdict::another_key;
  if (bytes->size() != 4 + crypto_sign_BYTES) return Verdict::wrong;
  const auto signature = std::span(*bytes).subspan(4);
  return crypto_sign_verify_detached(raw(signature), raw(as_bytes(text)), text.size(), raw(key.bytes())) == 0
             ? Verdict::right
             : Verdict::wrong;
}

}  // namespace

VerifierKey::VerifierKey(std::string name, const std::array<std::byte, 32>& key)
    : name_(std::move(name)), key_(key), id_(key_id(name_, key_)) {}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  const auto wrong =
      make_error(ErrorCode::params,
                 "A log's key is written NAME+8 hexadecimal digits+base64; this isn't one.", "bad_log_key");
  const auto first = text.find('+');
  if (first == std::string_view::npos || text.size() < first + 10 || text[first + 9] != '+') return wrong;
  const std::string_view name = text.substr(0, first);
  const auto id = parse_hex(text.substr(first + 1, 8));
  const auto typed = parse_base64(text.substr(first + 10));
  if (!is_name(name) || !id || !typed || typed->size() != 33 || (*typed)[0] != kEd25519) return wrong;
  std::array<std::byte, 32> bytes;
  std::copy(typed->begin() + 1, typed->end(), bytes.begin());
  VerifierKey key(std::string(name), bytes);
  if (!std::equal(id->begin(), id->end(), key.id_.begin())) return wrong;
  return key;
}

std::string VerifierKey::to_string() const {
  Bytes typed{kEd25519};
  typed.insert(typed.end(), key_.begin(), key_.end());
  return name_ + "+" + id_hex() + "+" + to_base64(typed);
}

SigningKey::SigningKey(std::string name, const Secret& seed) {
  assert(seed.size() == crypto_sign_SEEDBYTES && is_name(name));
  std::array<std::byte, 32> key;
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(key.data()),
                           reinterpret_cast<unsigned char*>(secret.data()), raw(as_bytes(seed.reveal())));
  secret_ = Secret(std::move(secret));
  verifier_ = VerifierKey(std::move(name), key);
}

Secret SigningKey::make_seed() {
  return Secret(std::string(as_text(random_bytes<32>())));
}

std::string SigningKey::sign_line(std::string_view text) const {
  assert(text.ends_with('\n'));
  std::array<std::byte, 4 + crypto_sign_BYTES> bytes;
  std::copy(verifier_.id().begin(), verifier_.id().end(), bytes.begin());
  crypto_sign_detached(reinterpret_cast<unsigned char*>(bytes.data()) + 4, nullptr, raw(as_bytes(text)),
                       text.size(), raw(as_bytes(secret_.reveal())));
  return std::string(kDash) + verifier_.name() + " " + to_base64(bytes) + "\n";
}

Result<std::string> open_note(std::string_view note, const VerifierKey& key) {
  if (note.size() > kMaxNote) return bad_note("it is too long.");
  const auto empty_line = note.rfind("\n\n");
  if (empty_line == std::string_view::npos || !note.ends_with('\n'))
    return bad_note("no empty line stands before the signatures.");
  const std::string_view text = note.substr(0, empty_line + 1);
  std::string_view lines = note.substr(empty_line + 2);
  if (lines.empty()) return bad_note("it has no signature.");
  bool right = false;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    if (!line.starts_with(kDash)) return bad_note("a signature line doesn't begin with a dash.");
    switch (check_line(line, text, key)) {
      case Verdict::right:
        right = true;
        break;
      case Verdict::wrong:
        return make_error(ErrorCode::params, "The signature of key " + key.id_hex() + " is wrong.",
                          "bad_signature");
      case Verdict::another_key:
        break;
    }
  }
  if (!right)
    return make_error(ErrorCode::params,
                      "The key " + key.id_hex() + " of " + key.name() + " didn't sign this.", "not_signed");
  return std::string(text);
}

}  // namespace wardroom::tlog
