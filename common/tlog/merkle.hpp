#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "common/base/bytes.hpp"

// The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1), SHA-256. Sizes count leaves.
//
// A node is named by its level (0: leaves) and its index on that level: it covers the leaves from
// index << level on, (1 << level) of them, or fewer at the tree's right edge. A node that has no neighbour to
// its right is also its own parent, so that the root is the node 0 of the highest level.
namespace wardroom::tlog {

Digest leaf_hash(std::span<const std::byte> entry);
Digest node_hash(const Digest& left, const Digest& right);
// MTH of a list of leaf hashes; of the empty list, the hash of nothing.
Digest root_of(std::span<const Digest> leaf_hashes);

struct NodeId {
  int level = 0;
  std::int64_t index = 0;
  friend auto operator<=>(const NodeId&, const NodeId&) = default;
};
struct Node {
  NodeId id;
  Digest hash;
};

// Reads the hash of a node that covers 1 << level leaves. What it can't read, it reports by its own means.
using ReadNode = std::function<Digest(NodeId)>;

// Where a complete node above the leaves (level >= 1) stands when all of them are numbered from 0 in the
// order in which they become complete as the tree grows. So a table of them only ever grows at its end.
std::int64_t completion_number(NodeId id);
// The nodes that become complete with leaf `size - 1`: levels 1 … this.
int levels_completed_by(std::int64_t size);

// Of a tree of `size` leaves; reads O(log size) nodes.
Digest root_at(const ReadNode& read, std::int64_t size);
Digest node_at(const ReadNode& read, std::int64_t size, NodeId id);

}  // namespace wardroom::tlog
