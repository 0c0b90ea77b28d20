#pragma once

#include <optional>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/secret.hpp"

namespace wardroom::credentials {

// Something that proves who holds it: `text` goes to its holder, once; only `digest` is ever stored.
struct Issued {
  Secret text;
  Digest digest{};
};

// 256 random bits as 43 characters of base64url: session tokens, invites.
Issued make_token();
// The digest to look up; nothing when the text can't be a token of ours.
std::optional<Digest> parse_token(std::string_view text);

// 100 random bits for a person to type: XXXX-XXXX-XXXX-XXXX-XXXX, without letters that look like digits
// (Crockford's base 32). Set-up codes and password reset codes.
Issued make_code();
// Forgives case, spaces, hyphens, and O, I, L for 0, 1, 1. Nothing when it isn't a code of twenty characters.
std::optional<Digest> parse_code(std::string_view typed);

}  // namespace wardroom::credentials
