#include "common/evidence/public_key.hpp"

namespace wardroom::evidence {

std::string to_pem(const tlog::VerifierKey& key) {
  // RFC 8410 section 4: everything before the 32 bytes of the key is always the same.
  static constexpr unsigned char kBefore[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                              0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
  const auto before = std::as_bytes(std::span(kBefore));
  Bytes der(before.begin(), before.end());
  der.insert(der.end(), key.bytes().begin(), key.bytes().end());
  return "-----BEGIN PUBLIC KEY-----\n" + to_base64(der) + "\n-----END PUBLIC KEY-----\n";
}

}  // namespace wardroom::evidence
