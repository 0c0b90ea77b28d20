#pragma once

#include "common/tlog/signed_note.hpp"

namespace wardroom::evidence {

// The key as openssl reads it: SubjectPublicKeyInfo (RFC 8410) in PEM.
std::string to_pem(const tlog::VerifierKey& key);

}  // namespace wardroom::evidence
