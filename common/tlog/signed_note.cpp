#include "common/tlog/signed_note.hpp"

#include <algorithm>
#include <cassert>
#include <sodium.h>

#include "common/base/random.hpp"

namespace wardroom::tlog {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";  // em dash and a blank
constexpr std::size_t kMaxNote = 64 * 1024;

Error bad_note(std::string why) {
  return make_error(ErrorCode::params, "The signed head is not well-formed: " + std::move(why), "bad_note");
}

const unsigned char* raw(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::array<std::byte, 4> key_id(std::string_view name, KeyType type, std::span<const std::byte> key) {
  const std::byte line_feed_and_type[] = {std::byte{'\n'}, static_cast<std::byte>(type)};
  const Digest digest = sha256({as_bytes(name), line_feed_and_type, key});
  return {digest[0], digest[1], digest[2], digest[3]};
}

bool is_name(std::string_view name) {
  return !name.empty() && name.find_first_of("+ \t\r\n") == std::string_view::npos;
}

}  // namespace

template <KeyType type>
NamedKey<type>::NamedKey(std::string name, const std::array<std::byte, 32>& key)
    : name_(std::move(name)), key_(key), id_(key_id(name_, type, key_)) {}

template <KeyType type>
Result<NamedKey<type>> NamedKey<type>::parse(std::string_view text) {
  const auto wrong = make_error(ErrorCode::params,
                                std::string(type == KeyType::log ? "A log's key" : "A witness's key") +
                                    " is written NAME+8 hexadecimal digits+base64; this isn't one.",
                                type == KeyType::log ? "bad_log_key" : "bad_witness_key");
  const auto first = text.find('+');
  if (first == std::string_view::npos || text.size() < first + 10 || text[first + 9] != '+') return wrong;
  const std::string_view name = text.substr(0, first);
  const auto id = parse_hex(text.substr(first + 1, 8));
  const auto typed = parse_base64(text.substr(first + 10));
  if (!is_name(name) || !id || !typed || typed->size() != 33 || (*typed)[0] != static_cast<std::byte>(type))
    return wrong;
  std::array<std::byte, 32> bytes;
  std::copy(typed->begin() + 1, typed->end(), bytes.begin());
  NamedKey key(std::string(name), bytes);
  if (!std::equal(id->begin(), id->end(), key.id_.begin())) return wrong;
  return key;
}

template <KeyType type>
std::string NamedKey<type>::to_string() const {
  Bytes typed{static_cast<std::byte>(type)};
  typed.insert(typed.end(), key_.begin(), key_.end());
  return name_ + "+" + id_hex() + "+" + to_base64(typed);
}

template class NamedKey<KeyType::log>;
template class NamedKey<KeyType::cosigner>;

KeyPair::KeyPair(const Secret& seed) {
  assert(seed.size() == crypto_sign_SEEDBYTES);
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_.data()),
                           reinterpret_cast<unsigned char*>(secret.data()), raw(as_bytes(seed.reveal())));
  secret_ = Secret(std::move(secret));
}

std::array<std::byte, 64> KeyPair::sign(std::string_view text) const {
  std::array<std::byte, crypto_sign_BYTES> signature;
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(as_bytes(text)),
                       text.size(), raw(as_bytes(secret_.reveal())));
  return signature;
}

bool has_signed(const std::array<std::byte, 32>& key, std::string_view text,
                std::span<const std::byte> signature) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(as_bytes(text)), text.size(), raw(key)) == 0;
}

SigningKey::SigningKey(std::string name, const Secret& seed)
    : pair_(seed), verifier_(std::move(name), pair_.public_key()) {
  assert(is_name(verifier_.name()));
}

Secret SigningKey::make_seed() {
  return Secret(std::string(as_text(random_bytes<32>())));
}

std::string SigningKey::sign_line(std::string_view text) const {
  assert(text.ends_with('\n'));
  return signature_line(verifier_.name(), verifier_.id(), pair_.sign(text));
}

std::string signature_line(const std::string& name, const std::array<std::byte, 4>& id,
                           std::span<const std::byte> signature) {
  Bytes bytes(id.begin(), id.end());
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return std::string(kDash) + name + " " + to_base64(bytes) + "\n";
}

Result<NoteParts> split_note(std::string_view note) {
  if (note.size() > kMaxNote) return bad_note("it is too long.");
  const auto empty_line = note.rfind("\n\n");
  if (empty_line == std::string_view::npos || !note.ends_with('\n'))
    return bad_note("no empty line stands before the signatures.");
  const NoteParts parts{note.substr(0, empty_line + 1), note.substr(empty_line + 2)};
  if (parts.signatures.empty()) return bad_note("it has no signature.");
  for (std::string_view lines = parts.signatures; !lines.empty(); lines.remove_prefix(lines.find('\n') + 1))
    if (!lines.starts_with(kDash)) return bad_note("a signature line doesn't begin with a dash.");
  return parts;
}

std::vector<Bytes> find_signatures(std::string_view signatures, const std::string& name,
                                   const std::array<std::byte, 4>& id) {
  std::vector<Bytes> found;
  while (!signatures.empty()) {
    std::string_view line = signatures.substr(0, signatures.find('\n'));
    signatures.remove_prefix(line.size() + 1);
    line.remove_prefix(kDash.size());
    const auto blank = line.find(' ');
    if (blank == std::string_view::npos || line.substr(0, blank) != name) continue;
    auto bytes = parse_base64(line.substr(blank + 1));
    if (!bytes || bytes->size() < id.size() || !std::equal(id.begin(), id.end(), bytes->begin())) continue;
    bytes->erase(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(id.size()));
    found.push_back(std::move(*bytes));
  }
  return found;
}

Result<std::string> open_note(std::string_view note, const VerifierKey& key) {
  const auto parts = split_note(note);
  if (!parts) return parts.error();
  const auto signatures = find_signatures(parts->signatures, key.name(), key.id());
  for (const auto& signature : signatures)
    if (!has_signed(key.bytes(), parts->text, signature))
      return make_error(ErrorCode::params, "The signature of key " + key.id_hex() + " is wrong.",
                        "bad_signature");
  if (signatures.empty())
    return make_error(ErrorCode::params,
                      "The key " + key.id_hex() + " of " + key.name() + " didn't sign this.", "not_signed");
  return std::string(parts->text);
}

}  // namespace wardroom::tlog
