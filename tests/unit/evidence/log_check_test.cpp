#include "common/evidence/log_check.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::evidence;

namespace {

std::vector<Digest> make_leaves(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(tlog::leaf_hash(as_bytes(std::to_string(i))));
  return leaves;
}

LogReport check(const std::vector<Digest>& leaves, std::vector<tlog::Checkpoint> heads) {
  LogCheck log(std::move(heads));
  for (const Digest& leaf : leaves) log.add(leaf);
  LogReport report;
  log.report(report);
  return report;
}

}  // namespace

TEST_CASE("a log meets every head of its past, in whatever order they are given") {
  const auto leaves = make_leaves(300);
  std::vector<tlog::Checkpoint> heads;
  for (std::size_t size = 300; size > 0; size -= std::min<std::size_t>(size, 7))
    heads.push_back({"o", static_cast<std::int64_t>(size), tlog::root_of(std::span(leaves).first(size))});
  const auto report = check(leaves, heads);
  CHECK(report.is_sound());
  CHECK(report.size == 300);
  CHECK(report.root == tlog::root_of(leaves));
}

TEST_CASE("a log that was cut at any boundary doesn't meet the head that it had") {
  const auto leaves = make_leaves(300);
  const tlog::Checkpoint head{"o", 300, tlog::root_of(leaves)};
  for (std::size_t size = 0; size < leaves.size(); ++size)
    REQUIRE_FALSE(
        check({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(size)}, {head}).is_sound());
}

TEST_CASE("another record at any place doesn't meet the head") {
  auto leaves = make_leaves(130);
  const tlog::Checkpoint head{"o", 130, tlog::root_of(leaves)};
  for (auto& leaf : leaves) {
    leaf[9] ^= std::byte{2};
    REQUIRE_FALSE(check(leaves, {head}).is_sound());
    leaf[9] ^= std::byte{2};
  }
  REQUIRE(check(leaves, {head}).is_sound());
}
