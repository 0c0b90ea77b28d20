#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"
#include "common/base/strong.hpp"

namespace wardroom::credentials {

// What a sealed text is for: what was sealed for one purpose doesn't open for another, so that nobody who can
// write to the database swaps a password hash for a second factor's secret.
enum class SealedFor : unsigned char { password, second_factor };

// Makes the key that seals password hashes and the secrets of second factors: 32 random bytes in a new file
// (0600), synced. Refuses to overwrite: a lost key means that everybody needs a new password.
Result<void> create_seal_key(const std::filesystem::path& file);

// Keeps password hashes and second factors unreadable to whoever has the database file alone, and bound to
// their row: what was sealed for one person doesn't open for another. XChaCha20-Poly1305; a value. Any
// thread.
class Seal {
 public:
  // Refuses a file of another size, and one that others than its owner can read.
  static Result<Seal> load(const std::filesystem::path& file);

  // version byte, 24-byte nonce, ciphertext, 16-byte tag.
  Bytes seal(UserId user, std::string_view text, SealedFor purpose = SealedFor::password) const;
  // `internal` when it was sealed for another person or purpose, with another key, or altered.
  Result<std::string> open(UserId user, std::span<const std::byte> sealed,
                           SealedFor purpose = SealedFor::password) const;

 private:
  explicit Seal(Secret key) : key_(std::move(key)) {}
  Secret key_;
};

}  // namespace wardroom::credentials
