#pragma once

#include <memory>
#include <string>
#include <vector>

#include <openssl/types.h>

#include "common/base/bytes.hpp"

namespace wardroom::link {

// Certificates made for one test; keys never leave the process.
struct Identity {
  std::shared_ptr<EVP_PKEY> key;
  std::shared_ptr<X509> certificate;
};

struct LeafWishes {
  std::string san = "DNS:localhost,IP:127.0.0.1";
  long valid_from_s = -3600;  // from now
  long valid_until_s = 3600;
};

Identity make_ca(const std::string& name);
// An intermediate authority: `root` has signed it.
Identity make_ca_below(const Identity& root, const std::string& name);
// Signed by `signer`, whose name may be another than the issuer's: so is a forgery made.
Identity make_leaf(const Identity& issuer, const LeafWishes& wishes = {}, const Identity* signer = nullptr);

}  // namespace wardroom::link
