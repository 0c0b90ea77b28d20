#include "server/audit/merkle.hpp"

#include <bit>

namespace wardroom::audit {

Digest leaf_hash(std::span<const std::byte> entry) {
  static constexpr std::byte kLeaf[] = {std::byte{0}};
  return sha256({kLeaf, entry});
}

Digest node_hash(const Digest& left, const Digest& right) {
  static constexpr std::byte kNode[] = {std::byte{1}};
  return sha256({kNode, left, right});
}

Digest root_of(std::span<const Digest> leaves) {
  if (leaves.empty()) return sha256(std::span<const std::byte>{});
  if (leaves.size() == 1) return leaves[0];
  const std::size_t left = std::bit_floor(leaves.size() - 1);  // the largest power of two below n
  return node_hash(root_of(leaves.first(left)), root_of(leaves.subspan(left)));
}

}  // namespace wardroom::audit
