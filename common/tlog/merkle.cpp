#include "common/tlog/merkle.hpp"

#include <bit>

namespace wardroom::tlog {
namespace {

// Leaves [begin, end), begin being a multiple of the power of two that is at least end - begin.
Digest hash_of_range(const ReadNode& read, std::int64_t begin, std::int64_t end) {
  const auto count = static_cast<std::uint64_t>(end - begin);
  if (std::has_single_bit(count)) {
    const int level = std::countr_zero(count);
    return read({level, begin >> level});
  }
  const auto left = static_cast<std::int64_t>(std::bit_floor(count));
  return node_hash(hash_of_range(read, begin, begin + left), hash_of_range(read, begin + left, end));
}

}  // namespace

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

std::int64_t completion_number(NodeId id) {
  // A tree of n leaves has n - popcount(n) complete nodes above them.
  const auto last_leaf = static_cast<std::uint64_t>(((id.index + 1) << id.level) - 1);
  return static_cast<std::int64_t>(last_leaf) - std::popcount(last_leaf) + id.level - 1;
}

int levels_completed_by(std::int64_t size) {
  return std::countr_zero(static_cast<std::uint64_t>(size));
}

Digest root_at(const ReadNode& read, std::int64_t size) {
  return size == 0 ? sha256(std::span<const std::byte>{}) : hash_of_range(read, 0, size);
}

Digest node_at(const ReadNode& read, std::int64_t size, NodeId id) {
  const std::int64_t begin = id.index << id.level;
  const std::int64_t end = begin + (std::int64_t{1} << id.level);
  return hash_of_range(read, begin, end < size ? end : size);
}

}  // namespace wardroom::tlog
