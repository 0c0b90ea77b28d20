#pragma once

#include <span>
#include <string>

#include "common/base/bytes.hpp"

namespace wardroom::commands {

// The Merkle root over commitments of messages, as records name it: hexadecimal, each leaf
// SHA-256(0x00 || commitment).
std::string commitment_root(std::span<const Digest> commitments);

}  // namespace wardroom::commands
