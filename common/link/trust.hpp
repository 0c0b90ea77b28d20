#pragma once

#include <openssl/types.h>

#include "common/base/result.hpp"
#include "protocol/introduction.hpp"

struct stack_st_X509;

// What a client demands of a server's certificates (design: Trust). Pure but for the clock that OpenSSL
// reads.
namespace wardroom::link {

// SHA-256 of the certificate's SubjectPublicKeyInfo in DER (RFC 7469 section 2.4).
Digest pin_of(const X509* certificate);

// Whether the chain that the server shows (leaf first) contains the pinned CA, and the leaf is signed by it,
// valid now and made for the introduced host. No other root counts, the system's neither. The error's reason
// is one of link_error.hpp.
Result<void> check_chain(X509* leaf, stack_st_X509* shown, const protocol::Introduction& introduction);

}  // namespace wardroom::link
