#pragma once

#include <array>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// Signed notes (c2sp.org/signed-note) with Ed25519: a text that ends with a line feed, an empty line, and
// lines "— <name> base64(key id || signature)".
namespace wardroom::tlog {

// A public key with the name of whom it speaks for, written "name+8 hex digits+base64(0x01 || key)".
class VerifierKey {
 public:
  VerifierKey() = default;
  VerifierKey(std::string name, const std::array<std::byte, 32>& key);
  static Result<VerifierKey> parse(std::string_view text);

  const std::string& name() const { return name_; }
  const std::array<std::byte, 32>& bytes() const { return key_; }
  const std::array<std::byte, 4>& id() const { return id_; }
  std::string id_hex() const { return to_hex(id_); }
  std::string to_string() const;
  friend bool operator==(const VerifierKey& a, const VerifierKey& b) {
    return a.name_ == b.name_ && a.key_ == b.key_;
  }

 private:
  std::string name_;
  std::array<std::byte, 32> key_{};
  std::array<std::byte, 4> id_{};
};

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
  Secret secret_;
  VerifierKey verifier_;
};

// The note's text, when the key signed it. Signatures of others are passed over. The error says what is
// wrong.
Result<std::string> open_note(std::string_view note, const VerifierKey& key);

}  // namespace wardroom::tlog
