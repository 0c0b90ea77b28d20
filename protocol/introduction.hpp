#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "protocol/invite_link.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::protocol {

// What a client knows of a server before it sends it a byte. A plain value; it is no secret.
struct Introduction {
  std::string host;  // a name or an address; an IPv6 address stands without brackets
  std::uint16_t port = 0;
  Digest ca_pin{};  // SHA-256 of the CA certificate's SubjectPublicKeyInfo
  // Of the authority that the pinned one vouched for as the next one, while the office changes over.
  std::optional<Digest> next_pin{};
};

// The comment (nsComment) in a certificate by which an authority vouches for the one after it. Without it,
// one that an authority signed is a part of its own chain and no successor.
inline constexpr std::string_view kNextAuthorityMark = "Wardroom: the next authority of this office";

// Whether `now` is the office that is known as `known`, by its key of now or of later. In this direction
// only: anybody can call a known key the next one after their own.
inline bool is_followed_by(const Introduction& known, const Introduction& now) {
  return known.ca_pin == now.ca_pin || known.next_pin == now.ca_pin;
}

inline Introduction introduction_of(const InviteLink& link) {
  return {link.host, link.port, link.ca_pin, link.next_pin};
}

// "office.example:7443", with brackets around an IPv6 address.
inline std::string to_string(const Introduction& introduction) {
  return to_string(ServerAddress{introduction.host, introduction.port});
}

}  // namespace wardroom::protocol
