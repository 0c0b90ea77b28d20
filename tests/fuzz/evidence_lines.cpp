#include <cstdlib>

#include "common/evidence/bundle_lines.hpp"
#include "common/evidence/carried_files.hpp"
#include "common/tlog/checkpoint.hpp"
#include "common/tlog/proof.hpp"

// What a verifier reads from somebody it doesn't trust: lines of a bundle, signed notes, proofs. Each is
// refused with a reason, or is what it says. The first byte chooses which.

using namespace wardroom;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// The lines "level index hash" as a proof of a tree whose size stands in the first of them.
void try_proof(std::string_view text) {
  std::vector<tlog::Node> leaves, nodes;
  std::vector<Digest> hashes;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto node = evidence::parse_edge(line);
    if (!node) continue;
    require(evidence::parse_edge(evidence::compose_edge(*node))->id == node->id);
    (node->id.level == 0 ? leaves : nodes).push_back(*node);
    hashes.push_back(node->hash);
  }
  const auto size = static_cast<std::int64_t>(leaves.size() + nodes.size());
  const auto root = tlog::root_from(size, leaves, nodes);
  if (!root) require(!root.error().message.empty());
  if (!hashes.empty()) {
    const Digest other = tlog::leaf_hash(hashes[0]);
    require(!tlog::is_consistent(size, other, size, hashes[0], hashes));
    (void)tlog::is_consistent(size / 2, hashes[0], size, other, hashes);
  }
}

void try_note(std::string_view text) {
  static const auto key = tlog::VerifierKey("fuzz/log", {});
  const auto head = tlog::open_checkpoint(text, key);
  require(!head || head->origin == key.name());
  if (const auto parsed = tlog::parse_checkpoint(text))
    require(tlog::parse_checkpoint(tlog::compose_checkpoint(*parsed)).has_value());
  (void)tlog::open_rotation(text, key);
  if (const auto parsed = tlog::VerifierKey::parse(text))
    require(tlog::VerifierKey::parse(parsed->to_string()).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      if (const auto entry = evidence::parse_record_entry(text))
        require(entry->idx >= 0 && !entry->line.empty());
      break;
    case 1:
      if (const auto entry = evidence::parse_group_entry(text)) require(!entry->leaves.empty());
      if (const auto entry = evidence::parse_carried_entry(text))
        require(entry->content.second >= 0 &&
                evidence::parse_carried_entry(evidence::compose_carried_entry(*entry))->content ==
                    entry->content);
      break;
    case 2:
      if (const auto entry = evidence::parse_state_entry(text))
        require((entry->version == 1) == (entry->act == "posted") &&
                entry->record.has_value() == entry->position.has_value());
      break;
    case 3:
      try_proof(text);
      break;
    default:
      try_note(text);
      break;
  }
  return 0;
}
