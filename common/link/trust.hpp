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

// Whether the chain that the server shows (leaf first) contains a pinned CA, and the leaf is signed by it or
// by one that it vouches for, valid now and made for the introduced host. No other root counts, the system's
// neither. The error's reason is one of link_error.hpp.
//
// Returned is the introduction as it is from now on (decision 0038): with the key of the authority that the
// pinned one names as the next one; by that key alone once the pinned one isn't shown any more; and without a
// next one where the pinned authority names none.
Result<protocol::Introduction> check_chain(X509* leaf, stack_st_X509* shown,
                                           const protocol::Introduction& introduction);

}  // namespace wardroom::link
