#include "server/audit/own_log.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace wardroom;

TEST_CASE("what the server appended has the log's root, wherever it began and however many came at once") {
  std::vector<Digest> leaves;
  for (int i = 0; i < 70; ++i) {
    Digest leaf{};
    leaf[0] = static_cast<std::byte>(i + 1);
    leaves.push_back(leaf);
  }
  const std::span<const Digest> all(leaves);
  // A complete part is a tree of its own.
  const auto read = [&](tlog::NodeId id) {
    const auto width = std::size_t{1} << static_cast<unsigned>(id.level);
    return tlog::root_of(all.subspan(static_cast<std::size_t>(id.index) * width, width));
  };
  for (std::size_t begin = 0; begin <= leaves.size(); ++begin) {
    audit::OwnLog log(static_cast<std::int64_t>(begin), read);
    CHECK(log.head().root == tlog::root_of(all.first(begin)));
    for (std::size_t size = begin; size < leaves.size();) {
      const std::size_t more = std::min<std::size_t>(1 + size % 3, leaves.size() - size);
      log.append(all.subspan(size, more));
      size += more;
      CHECK(log.size() == static_cast<std::int64_t>(size));
      CHECK(log.head().root == tlog::root_of(all.first(size)));
    }
  }
}
