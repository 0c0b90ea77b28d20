#include "common/tlog/wire.hpp"

#include <algorithm>

namespace wardroom::tlog {
namespace {

constexpr std::int64_t kMaxLevel = 62;

Error not_a_hash() {
  return make_error(ErrorCode::params, "The proof holds something that isn't a SHA-256 hash.", "bad_proof");
}

}  // namespace

std::vector<protocol::TreeNode> to_wire(std::span<const Node> nodes) {
  std::vector<protocol::TreeNode> out;
  out.reserve(nodes.size());
  for (const Node& node : nodes) out.push_back({node.id.level, node.id.index, to_hex(node.hash)});
  return out;
}

std::vector<std::string> to_wire(std::span<const Digest> hashes) {
  std::vector<std::string> out;
  out.reserve(hashes.size());
  for (const Digest& hash : hashes) out.push_back(to_hex(hash));
  return out;
}

Result<std::vector<Node>> from_wire(std::span<const protocol::TreeNode> nodes) {
  std::vector<Node> out;
  out.reserve(nodes.size());
  for (const auto& node : nodes) {
    const auto hash = to_digest(parse_hex(node.hash));
    if (!hash || node.level < 0 || node.level > kMaxLevel || node.index < 0) return not_a_hash();
    out.push_back({{static_cast<int>(node.level), node.index}, *hash});
  }
  return out;
}

Result<std::vector<Digest>> from_wire(std::span<const std::string> hashes) {
  std::vector<Digest> out;
  out.reserve(hashes.size());
  for (const auto& text : hashes) {
    const auto hash = to_digest(parse_hex(text));
    if (!hash) return not_a_hash();
    out.push_back(*hash);
  }
  return out;
}

Result<Digest> root_with(std::int64_t size, std::span<const protocol::AuditRecord> records,
                         std::span<const protocol::TreeNode> nodes) {
  auto given = from_wire(nodes);
  if (!given) return given.error();
  std::vector<Node> leaves;
  leaves.reserve(records.size());
  for (const auto& record : records) {
    const auto pruned = record.line.empty() ? to_digest(parse_hex(record.leaf)) : std::nullopt;
    if (record.line.empty() && !pruned) return not_a_hash();
    leaves.push_back({{0, record.idx.value}, pruned ? *pruned : leaf_hash(as_bytes(record.line))});
  }
  return root_from(size, leaves, *given);
}

}  // namespace wardroom::tlog
