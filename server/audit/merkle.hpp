#pragma once

#include <span>

#include "common/base/bytes.hpp"

namespace wardroom::audit {

// RFC 6962 section 2.1, SHA-256.
Digest leaf_hash(std::span<const std::byte> entry);
Digest node_hash(const Digest& left, const Digest& right);
// MTH of a list of leaf hashes; of the empty list, the hash of nothing.
Digest root_of(std::span<const Digest> leaf_hashes);

}  // namespace wardroom::audit
