#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/secret.hpp"

namespace wardroom::client {

// off, on: as it stands. scan: a secret was made and waits for its first code. codes: the recovery codes,
// shown once.
enum class FactorStage { unknown, off, on, scan, codes };

struct SecondFactorProps {
  FactorStage stage = FactorStage::unknown;
  bool required = false;  // by the office: it can't be turned off
  std::int64_t codes_left = 0;
  Secret secret;  // base32, in groups of four
  Secret uri;     // otpauth://…, drawn as a QR code
  std::vector<Secret> codes;
  bool busy = false;
  std::string error;
};

}  // namespace wardroom::client
