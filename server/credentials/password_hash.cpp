#include "server/credentials/password_hash.hpp"

#include <sodium.h>

namespace wardroom::credentials {

Result<std::string> hash_password(const Secret& password, HashCost cost) {
  char phc[crypto_pwhash_STRBYTES];
  const std::string_view text = password.reveal();
  // crypto_pwhash_str is Argon2id with one lane; it writes the PHC form, salt and parameters included.
  if (crypto_pwhash_str(phc, text.data(), text.size(), cost.passes, cost.memory_kib * 1024) != 0)
    return unavailable("The server has no memory left to check passwords. Try again in a moment.",
                       std::chrono::seconds{2});
  return std::string{phc};
}

bool verify_password(std::string_view phc, const Secret& password) {
  const std::string terminated{phc};
  const std::string_view text = password.reveal();
  return crypto_pwhash_str_verify(terminated.c_str(), text.data(), text.size()) == 0;
}

bool needs_rehash(std::string_view phc, HashCost cost) {
  const std::string terminated{phc};
  return crypto_pwhash_str_needs_rehash(terminated.c_str(), cost.passes, cost.memory_kib * 1024) != 0;
}

}  // namespace wardroom::credentials
