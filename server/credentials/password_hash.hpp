#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"

namespace wardroom::credentials {

// What one hash costs whoever computes it: memory in KiB, passes over it.
struct HashCost {
  std::size_t memory_kib = 19 * 1024;
  unsigned passes = 2;
  friend bool operator==(const HashCost&, const HashCost&) = default;
};

// The floor for everybody, and what administrators get (OWASP's first choice; RFC 9106 section 4).
inline constexpr HashCost kMemberCost{19 * 1024, 2};
inline constexpr HashCost kAdminCost{64 * 1024, 3};

// The form in which passwords are hashed: NFC, so that ö is the same from every keyboard.
Secret in_one_form(const Secret& password);

// Argon2id as a PHC string: $argon2id$v=19$m=…,t=…,p=1$salt$hash. Blocks for tens of milliseconds: belongs on
// a hashing thread. Fails with `unavailable` when the memory isn't there.
Result<std::string> hash_password(const Secret& password, HashCost cost);

// Blocks as long as the hash cost when it was made, twice that for a wrong password that isn't NFC. False
// also for what isn't a PHC string.
bool verify_password(std::string_view phc, const Secret& password);

// Whether the string was made at another cost than this, so that the next sign-in should hash again.
bool needs_rehash(std::string_view phc, HashCost cost);

}  // namespace wardroom::credentials
