#include "server/commands/commitment_root.hpp"

#include <vector>

#include "common/tlog/merkle.hpp"

namespace wardroom::commands {

std::string commitment_root(std::span<const Digest> commitments) {
  std::vector<Digest> leaves;
  leaves.reserve(commitments.size());
  for (const auto& commitment : commitments) leaves.push_back(tlog::leaf_hash(commitment));
  return to_hex(tlog::root_of(leaves));
}

}  // namespace wardroom::commands
