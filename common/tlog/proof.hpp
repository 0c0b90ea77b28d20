#pragma once

#include "common/base/result.hpp"
#include "common/tlog/merkle.hpp"

// Proofs about the tree of merkle.hpp, composed by who has it and checked by who has a signed head.
namespace wardroom::tlog {

// What must be added to these leaves (ascending, each once, below size) so that the root can be recomputed,
// by level and index. For a single leaf the hashes are its audit path in the order of RFC 6962 section 2.1.1.
std::vector<Node> prove_leaves(const ReadNode& read, std::span<const std::int64_t> leaves, std::int64_t size);

// The root of a tree of `size` leaves as far as these leaves (level 0) and nodes tell it. An error when a
// node is missing, stands twice or outside the tree: then they are no proof.
Result<Digest> root_from(std::int64_t size, std::span<const Node> leaves, std::span<const Node> nodes);

// RFC 6962 section 2.1.2: that the tree of `from` leaves is the beginning of that of `to`. Empty for from = 0
// and from = to.
std::vector<Digest> prove_consistency(const ReadNode& read, std::int64_t from, std::int64_t to);
// RFC 9162 section 2.1.4.2. False: one of the two trees isn't the beginning of the other, or the proof is
// none.
bool is_consistent(std::int64_t from, const Digest& from_root, std::int64_t to, const Digest& to_root,
                   std::span<const Digest> proof);

}  // namespace wardroom::tlog
