#include "server/credentials/password_hash.hpp"

#include <sodium.h>

#include "common/base/utf8.hpp"
#include "common/text/unicode.hpp"

namespace wardroom::credentials {
namespace {

bool matches(const std::string& phc, std::string_view password) {
  return crypto_pwhash_str_verify(phc.c_str(), password.data(), password.size()) == 0;
}

}  // namespace

Secret in_one_form(const Secret& password) {
  return is_valid_utf8(password.reveal()) ? Secret{text::to_nfc(password.reveal())} : password;
}

Result<std::string> hash_password(const Secret& password, HashCost cost) {
  char phc[crypto_pwhash_STRBYTES];
  const Secret normal = in_one_form(password);
  const std::string_view text = normal.reveal();
  // crypto_pwhash_str is Argon2id with one lane; it writes the PHC form, salt and parameters included.
  if (crypto_pwhash_str(phc, text.data(), text.size(), cost.passes, cost.memory_kib * 1024) != 0)
    return unavailable("The server has no memory left to check passwords. Try again in a moment.",
                       std::chrono::seconds{2});
  return std::string{phc};
}

bool verify_password(std::string_view phc, const Secret& password) {
  const std::string terminated{phc};
  const Secret normal = in_one_form(password);
  if (matches(terminated, normal.reveal())) return true;
  // A hash from before passwords were normalised may be of exactly what is typed.
  return normal.reveal() != password.reveal() && matches(terminated, password.reveal());
}

bool needs_rehash(std::string_view phc, HashCost cost) {
  const std::string terminated{phc};
  return crypto_pwhash_str_needs_rehash(terminated.c_str(), cost.passes, cost.memory_kib * 1024) != 0;
}

}  // namespace wardroom::credentials
