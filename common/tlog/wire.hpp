#pragma once

#include "common/tlog/proof.hpp"
#include "protocol/types.hpp"

// Nodes and hashes as they travel.
namespace wardroom::tlog {

std::vector<protocol::TreeNode> to_wire(std::span<const Node> nodes);
std::vector<std::string> to_wire(std::span<const Digest> hashes);
// An error when a hash isn't one, a level isn't 0 to 62, or an index is negative.
Result<std::vector<Node>> from_wire(std::span<const protocol::TreeNode> nodes);
Result<std::vector<Digest>> from_wire(std::span<const std::string> hashes);

// The root of a tree of `size` records in which these stand where they say, computed from their bytes and not
// from the hashes that they came with. Only a pruned record, which has no line, is taken by its hash.
Result<Digest> root_with(std::int64_t size, std::span<const protocol::AuditRecord> records,
                         std::span<const protocol::TreeNode> nodes);

}  // namespace wardroom::tlog
