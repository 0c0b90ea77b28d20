#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// Signed notes (c2sp.org/signed-note) with Ed25519: a text that ends with a line feed, an empty line, and
// lines "— <name> base64(key id || signature)".
namespace wardroom::tlog {

// What a key signs, which is part of its ID: heads of its own log, or heads that it saw of another's.
enum class KeyType : std::uint8_t { log = 1, cosigner = 4 };

// A public key with the name of whom it speaks for, written "name+8 hex digits+base64(type || key)". The two
// types can't be mixed up: each has a class of its own.
template <KeyType type>
class NamedKey {
 public:
  NamedKey() = default;
  NamedKey(std::string name, const std::array<std::byte, 32>& key);
  static Result<NamedKey> parse(std::string_view text);

  const std::string& name() const { return name_; }
  const std::array<std::byte, 32>& bytes() const { return key_; }
  const std::array<std::byte, 4>& id() const { return id_; }
  std::string id_hex() const { return to_hex(id_); }
  std::string to_string() const;
  friend bool operator==(const NamedKey& a, const NamedKey& b) {
    return a.name_ == b.name_ && a.key_ == b.key_;
  }

 private:
  std::string name_;
  std::array<std::byte, 32> key_{};
  std::array<std::byte, 4> id_{};
};
extern template class NamedKey<KeyType::log>;
extern template class NamedKey<KeyType::cosigner>;
using VerifierKey = NamedKey<KeyType::log>;
using CosignerKey = NamedKey<KeyType::cosigner>;

// An Ed25519 key pair. A value; any thread.
class KeyPair {
 public:
  // `seed`: 32 bytes.
  explicit KeyPair(const Secret& seed);
  const std::array<std::byte, 32>& public_key() const { return public_; }
  std::array<std::byte, 64> sign(std::string_view text) const;

 private:
  Secret secret_;
  std::array<std::byte, 32> public_{};
};
bool has_signed(const std::array<std::byte, 32>& key, std::string_view text,
                std::span<const std::byte> signature);

// The private key. A value; any thread.
class SigningKey {
 public:
  // `seed`: 32 bytes. `name`: not empty, without blanks and '+'.
  SigningKey(std::string name, const Secret& seed);
  static Secret make_seed();

  const VerifierKey& verifier() const { return verifier_; }
  // One signature line, with its line feed.
  std::string sign_line(std::string_view text) const;
  // `text` ends with a line feed.
  std::string sign(std::string_view text) const { return std::string(text) + "\n" + sign_line(text); }

 private:
  KeyPair pair_;
  VerifierKey verifier_;
};

// A signed note taken apart.
struct NoteParts {
  std::string_view text;        // with its last line feed
  std::string_view signatures;  // the lines, each with its line feed; at least one
};
// What it is made of, when it is well-formed: nothing is said of the signatures.
Result<NoteParts> split_note(std::string_view note);
// "— <name> base64(id || signature)" and a line feed.
std::string signature_line(const std::string& name, const std::array<std::byte, 4>& id,
                           std::span<const std::byte> signature);
// What each line of this name and ID holds after the ID, in order; other lines are passed over.
std::vector<Bytes> find_signatures(std::string_view signatures, const std::string& name,
                                   const std::array<std::byte, 4>& id);

// The note's text, when the key signed it. Signatures of others are passed over. The error says what is
// wrong.
Result<std::string> open_note(std::string_view note, const VerifierKey& key);

}  // namespace wardroom::tlog
