#include "common/tlog/proof.hpp"

#include <algorithm>
#include <bit>

namespace wardroom::tlog {
namespace {

Error no_proof(std::string why) {
  return make_error(ErrorCode::params, "The proof is not one: " + std::move(why), "bad_proof");
}

// Nodes that a level has; each is half of those below, rounded up.
std::int64_t width_above(std::int64_t width) {
  return (width + 1) / 2;
}

bool comes_before(const Node& a, const Node& b) {
  return a.id < b.id;
}

// The nodes that stand above `level`, each parent made of two neighbours or, at the right edge, of one.
Result<std::vector<Node>> hash_up(const std::vector<Node>& level, std::int64_t width) {
  std::vector<Node> above;
  for (std::size_t i = 0; i < level.size(); ++i) {
    const Node& node = level[i];
    const NodeId parent{node.id.level + 1, node.id.index / 2};
    if (node.id.index % 2 != 0) return no_proof("a node without its left neighbour.");
    if (node.id.index == width - 1) {
      above.push_back({parent, node.hash});
    } else if (i + 1 < level.size() && level[i + 1].id.index == node.id.index + 1) {
      above.push_back({parent, node_hash(node.hash, level[++i].hash)});
    } else {
      return no_proof("a node without its right neighbour.");
    }
  }
  return above;
}

// Adds the given nodes of this level, in order. Both are sorted.
Result<void> merge_level(std::vector<Node>& level, std::span<const Node> given, std::int64_t width) {
  const auto middle = static_cast<std::ptrdiff_t>(level.size());
  level.insert(level.end(), given.begin(), given.end());
  std::inplace_merge(level.begin(), level.begin() + middle, level.end(), comes_before);
  for (std::size_t i = 0; i < level.size(); ++i) {
    if (level[i].id.index < 0 || level[i].id.index >= width) return no_proof("a node outside the tree.");
    if (i > 0 && level[i].id == level[i - 1].id) return no_proof("a node twice.");
  }
  return ok();
}

// RFC 6962 section 2.1.2: SUBPROOF(m, D[begin:end], b), m counted from begin.
void append_subproof(const ReadNode& read, std::int64_t m, std::int64_t begin, std::int64_t end,
                     bool complete, std::vector<Digest>& proof) {
  const std::int64_t count = end - begin;
  const auto hash = [&](std::int64_t from, std::int64_t to) {
    const int level = std::countr_zero(std::bit_ceil(static_cast<std::uint64_t>(to - from)));
    return node_at(read, to, {level, from >> level});
  };
  if (m == count) {
    if (!complete) proof.push_back(hash(begin, end));
    return;
  }
  const auto left = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(count - 1)));
  if (m <= left) {
    append_subproof(read, m, begin, begin + left, complete, proof);
    proof.push_back(hash(begin + left, end));
  } else {
    append_subproof(read, m - left, begin + left, end, false, proof);
    proof.push_back(hash(begin, begin + left));
  }
}

}  // namespace

std::vector<Node> prove_leaves(const ReadNode& read, std::span<const std::int64_t> leaves,
                               std::int64_t size) {
  std::vector<Node> proof;
  std::vector<std::int64_t> known(leaves.begin(), leaves.end());
  std::int64_t width = size;
  for (int level = 0; width > 1 && !known.empty(); ++level) {
    std::vector<std::int64_t> above;
    for (std::size_t i = 0; i < known.size(); ++i) {
      const std::int64_t index = known[i], neighbour = index ^ 1;
      above.push_back(index / 2);
      if (neighbour > index && i + 1 < known.size() && known[i + 1] == neighbour)
        ++i;
      else if (neighbour < width)
        proof.push_back({{level, neighbour}, node_at(read, size, {level, neighbour})});
    }
    known = std::move(above);
    width = width_above(width);
  }
  return proof;
}

Result<Digest> root_from(std::int64_t size, std::span<const Node> leaves, std::span<const Node> nodes) {
  if (size < 1) return no_proof("an empty tree.");
  std::vector<Node> given(leaves.begin(), leaves.end());
  given.insert(given.end(), nodes.begin(), nodes.end());
  std::sort(given.begin(), given.end(), comes_before);
  std::vector<Node> level;
  std::span<const Node> rest = given;
  std::int64_t width = size;
  for (int number = 0;; ++number) {
    const auto end =
        std::find_if(rest.begin(), rest.end(), [&](const Node& n) { return n.id.level > number; });
    const auto here = static_cast<std::size_t>(end - rest.begin());
    if (auto merged = merge_level(level, rest.first(here), width); !merged) return merged.error();
    rest = rest.subspan(here);
    if (width == 1) break;
    auto above = hash_up(level, width);
    if (!above) return above.error();
    level = std::move(*above);
    width = width_above(width);
  }
  if (level.size() != 1 || !rest.empty()) return no_proof("nodes that lead to no root.");
  return level[0].hash;
}

std::vector<Digest> prove_consistency(const ReadNode& read, std::int64_t from, std::int64_t to) {
  std::vector<Digest> proof;
  if (from > 0 && from < to) append_subproof(read, from, 0, to, true, proof);
  return proof;
}

bool is_consistent(std::int64_t from, const Digest& from_root, std::int64_t to, const Digest& to_root,
                   std::span<const Digest> proof) {
  if (from < 0 || from > to) return false;
  if (from == to) return proof.empty() && from_root == to_root;
  if (from == 0) return proof.empty() && from_root == root_of({});
  std::size_t next = 0;
  Digest first = from_root;
  // A whole power of two is itself the proof's first node.
  if (!std::has_single_bit(static_cast<std::uint64_t>(from))) {
    if (proof.empty()) return false;
    first = proof[next++];
  }
  std::int64_t fn = from - 1, sn = to - 1;
  while (fn % 2 == 1) fn /= 2, sn /= 2;
  Digest fr = first, sr = first;
  for (; next < proof.size(); ++next) {
    if (sn == 0) return false;
    const Digest& c = proof[next];
    if (fn % 2 == 1 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while (fn % 2 == 0 && fn != 0) fn /= 2, sn /= 2;
    } else {
      sr = node_hash(sr, c);
    }
    fn /= 2;
    sn /= 2;
  }
  return sn == 0 && fr == from_root && sr == to_root;
}

}  // namespace wardroom::tlog
