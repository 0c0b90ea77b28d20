#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"

namespace wardroom::protocol {

// wardroom://host:port/?ca=<base64url SHA-256 of the CA's public key>&t=<one-use token>
// While the office changes its authority, &next=<the same of the next one's> as well.
// For a browser, and for the desktop program, too: https://host:port/join#ca=…&t=…
// What introduces a PC to a server: where it is, by which key it is known, and, in an invite, a token.
struct InviteLink {
  std::string host;  // a name or an address; an IPv6 address stands without brackets here
  std::uint16_t port = 0;
  Digest
      ca_pin{};  // SHA-256 of the CA certificate's SubjectPublicKeyInfo (RFC 7469's pin, without its base64)
  Secret token;  // empty: the link introduces, but invites nobody
  // Of the next authority: by this one the link holds when the first isn't shown any more.
  std::optional<Digest> next_pin{};
};

// The error says which part of the link is wrong. Surrounding white space is forgiven.
Result<InviteLink> parse_invite_link(std::string_view text);
Secret compose_invite_link(const InviteLink& link);
// The form that a browser opens. The server never sees what is behind #.
Secret compose_web_invite(const InviteLink& link);

// The pin as a person reads it: the first 120 bits in base 32, six groups of four: ABCD-EFGH-….
std::string fingerprint(const Digest& ca_pin);
// How many letters and digits of it were typed, and how many there are.
std::size_t fingerprint_letters(std::string_view typed);
inline constexpr std::size_t kFingerprintLetters = 24;
// Whether what a person typed (any case, spaces or hyphens or none) is this pin's fingerprint.
bool matches_fingerprint(const Digest& ca_pin, std::string_view typed);

}  // namespace wardroom::protocol
