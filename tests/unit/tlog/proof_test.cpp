#include "common/tlog/proof.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/tlog/slow_tree.hpp"

using namespace wardroom;
using namespace wardroom::tlog;

namespace {

Digest from_hex(const char* text) {
  return to_digest(parse_hex(text)).value();
}

// The eight entries of the tests of Google's certificate-transparency repository, which accompany RFC 6962.
const std::vector<std::string> kEntries = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const char* const kRoots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Digest> known_leaves() {
  std::vector<Digest> leaves;
  for (const auto& entry : kEntries) leaves.push_back(leaf_hash(*parse_hex(entry)));
  return leaves;
}

// A tree as the log keeps it: leaves, and complete nodes in the order of their completion.
struct Stored {
  std::vector<Digest> leaves, nodes;

  ReadNode reader() const {
    return [this](NodeId id) {
      return id.level == 0 ? leaves.at(static_cast<std::size_t>(id.index))
                           : nodes.at(static_cast<std::size_t>(completion_number(id)));
    };
  }
  void append(const Digest& leaf) {
    leaves.push_back(leaf);
    const auto size = static_cast<std::int64_t>(leaves.size());
    Digest hash = leaf;
    for (int level = 1; level <= levels_completed_by(size); ++level) {
      const NodeId id{level, (size >> level) - 1};
      hash = node_hash(reader()({level - 1, id.index * 2}), hash);
      REQUIRE(completion_number(id) == static_cast<std::int64_t>(nodes.size()));
      nodes.push_back(hash);
    }
  }
};

Stored make_tree(std::size_t size) {
  Stored tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(leaf_hash(as_bytes("record " + std::to_string(i))));
  return tree;
}

std::vector<Digest> hashes_of(const std::vector<Node>& nodes) {
  std::vector<Digest> hashes;
  for (const Node& node : nodes) hashes.push_back(node.hash);
  return hashes;
}

}  // namespace

TEST_CASE("roots of the published vectors") {
  const auto leaves = known_leaves();
  CHECK(to_hex(root_of({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Stored tree;
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    tree.append(leaves[size - 1]);
    CHECK(to_hex(root_of(std::span(leaves).first(size))) == kRoots[size - 1]);
    CHECK(root_at(tree.reader(), static_cast<std::int64_t>(size)) == from_hex(kRoots[size - 1]));
  }
}

TEST_CASE("audit paths of the published vectors") {
  Stored tree;
  for (const auto& leaf : known_leaves()) tree.append(leaf);
  const auto path = [&](std::int64_t leaf, std::int64_t size) {
    return hashes_of(prove_leaves(tree.reader(), std::span(&leaf, 1), size));
  };
  CHECK(path(0, 1).empty());
  CHECK(path(0, 8) ==
        std::vector{from_hex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
                    from_hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                    from_hex("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")});
  CHECK(path(5, 8) ==
        std::vector{from_hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                    from_hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                    from_hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")});
  CHECK(path(2, 3) ==
        std::vector{from_hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")});
  CHECK(path(1, 5) ==
        std::vector{from_hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
                    from_hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                    from_hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")});
}

TEST_CASE("consistency proofs of the published vectors") {
  Stored tree;
  for (const auto& leaf : known_leaves()) tree.append(leaf);
  CHECK(prove_consistency(tree.reader(), 1, 1).empty());
  CHECK(prove_consistency(tree.reader(), 1, 8) ==
        std::vector{from_hex("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
                    from_hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                    from_hex("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")});
  CHECK(prove_consistency(tree.reader(), 6, 8) ==
        std::vector{from_hex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                    from_hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                    from_hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")});
  CHECK(prove_consistency(tree.reader(), 2, 5) ==
        std::vector{from_hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                    from_hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")});
}

TEST_CASE("every size up to 1,100 agrees with the slow tree, in its root and in proofs") {
  constexpr std::size_t kMost = 1100;
  const Stored tree = make_tree(kMost);
  const auto read = tree.reader();
  std::size_t inclusions = 0, consistencies = 0;
  for (std::size_t size = 1; size <= kMost; ++size) {
    const auto n = static_cast<std::int64_t>(size);
    const Digest root = slow::mth(tree.leaves, 0, size);
    REQUIRE(root_at(read, n) == root);
    // All leaves of small trees, a spread and the edges of large ones.
    const std::size_t step = size <= 65 ? 1 : size / 7;
    for (std::size_t at = 0; at < size; at = at + step < size || at == size - 1 ? at + step : size - 1) {
      const auto leaf = static_cast<std::int64_t>(at);
      const auto nodes = prove_leaves(read, std::span(&leaf, 1), n);
      REQUIRE(hashes_of(nodes) == slow::path(at, tree.leaves, 0, size));
      const Node own{{0, leaf}, tree.leaves[at]};
      REQUIRE(*root_from(n, std::span(&own, 1), nodes) == root);
      ++inclusions;
    }
    for (std::size_t from = 1; from < size;
         from = from + step < size || from == size - 1 ? from + step : size - 1) {
      const auto m = static_cast<std::int64_t>(from);
      const auto proof = prove_consistency(read, m, n);
      REQUIRE(proof == slow::subproof(from, tree.leaves, 0, size, true));
      REQUIRE(is_consistent(m, slow::mth(tree.leaves, 0, from), n, root, proof));
      ++consistencies;
    }
  }
  CHECK(inclusions > 9000);
  CHECK(consistencies > 9000);
}

TEST_CASE("several leaves need no node that they give themselves") {
  const Stored tree = make_tree(1000);
  const auto read = tree.reader();
  std::vector<std::int64_t> leaves;
  std::vector<Node> own;
  for (std::int64_t leaf = 137; leaf < 400; leaf += leaf % 3 + 1) {
    leaves.push_back(leaf);
    own.push_back({{0, leaf}, tree.leaves[static_cast<std::size_t>(leaf)]});
  }
  const auto nodes = prove_leaves(read, leaves, 1000);
  REQUIRE(*root_from(1000, own, nodes) == root_at(read, 1000));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto without = nodes;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK_FALSE(root_from(1000, own, without).has_value());
  }
  for (std::size_t i = 0; i < own.size(); i += 17) {
    auto altered = own;
    altered[i].hash[0] ^= std::byte{1};
    CHECK(*root_from(1000, altered, nodes) != root_at(read, 1000));
  }
}

TEST_CASE("what is no proof is refused") {
  const Stored tree = make_tree(100);
  const auto read = tree.reader();
  const std::int64_t leaf = 41;
  const Node own{{0, leaf}, tree.leaves[41]};
  auto nodes = prove_leaves(read, std::span(&leaf, 1), 100);
  CHECK_FALSE(root_from(0, std::span(&own, 1), {}).has_value());
  auto twice = nodes;
  twice.push_back(twice.front());
  CHECK_FALSE(root_from(100, std::span(&own, 1), twice).has_value());
  auto outside = nodes;
  outside.push_back({{3, 99}, {}});
  CHECK_FALSE(root_from(100, std::span(&own, 1), outside).has_value());
  auto above = nodes;
  above.push_back({{7, 0}, {}});
  CHECK_FALSE(root_from(100, std::span(&own, 1), above).has_value());
  auto beyond = nodes;
  beyond.push_back({{20, 0}, {}});
  CHECK_FALSE(root_from(100, std::span(&own, 1), beyond).has_value());
}

TEST_CASE("a consistency proof holds for nothing else") {
  const Stored tree = make_tree(300);
  const auto read = tree.reader();
  for (const std::int64_t from : {1, 2, 3, 64, 100, 255, 256, 299}) {
    const auto proof = prove_consistency(read, from, 300);
    const Digest before = root_at(read, from), after = root_at(read, 300);
    REQUIRE(is_consistent(from, before, 300, after, proof));
    Digest other = before;
    other[5] ^= std::byte{4};
    CHECK_FALSE(is_consistent(from, other, 300, after, proof));
    CHECK_FALSE(is_consistent(from, before, 300, other, proof));
    // For the sizes next to it another shape of tree is needed, except where a proof doesn't depend on it.
    CHECK_FALSE(is_consistent(300, after, from, before, proof));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      auto altered = proof;
      altered[i][31] ^= std::byte{128};
      CHECK_FALSE(is_consistent(from, before, 300, after, altered));
      altered = proof;
      altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK_FALSE(is_consistent(from, before, 300, after, altered));
    }
    auto longer = proof;
    longer.push_back({});
    CHECK_FALSE(is_consistent(from, before, 300, after, longer));
  }
  CHECK(is_consistent(0, root_of({}), 300, root_at(read, 300), {}));
  CHECK_FALSE(is_consistent(0, root_at(read, 1), 300, root_at(read, 300), {}));
}
