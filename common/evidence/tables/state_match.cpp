#include "common/evidence/tables/state_match.hpp"

#include <algorithm>
#include <cstring>

namespace wardroom::evidence {
namespace {

constexpr std::size_t kKeptGaps = 1000;

// Calls `take` with each whole leaf.
void each_leaf(std::string_view leaves, const auto& take) {
  for (; leaves.size() >= sizeof(Digest); leaves.remove_prefix(sizeof(Digest))) {
    Digest leaf;
    std::copy_n(as_bytes(leaves).begin(), sizeof(Digest), leaf.begin());
    take(leaf);
  }
}

}  // namespace

std::size_t StateMatch::HashOf::operator()(const Digest& digest) const {
  std::size_t start = 0;
  std::memcpy(&start, digest.data(), sizeof(start));
  return start;
}

void StateMatch::add_group(std::int64_t idx, std::string_view leaves) {
  each_leaf(leaves, [&](const Digest& leaf) {
    ++leaves_;
    const auto early = waiting_.find(leaf);
    if (early == waiting_.end()) {
      window_.emplace(leaf, idx);
      return;
    }
    count(early->second, idx);
    waiting_.erase(early);
  });
}

std::optional<std::int64_t> StateMatch::take_leaf(const Digest& leaf) {
  for (Leaves* window : {&window_, &window_before_})
    if (const auto taken = window->extract(leaf)) return taken.mapped();
  return std::nullopt;
}

void StateMatch::count(const State& state, std::int64_t idx) {
  ++(state.erased ? met_erased_ : met_);
  if (state.erased || !state.is_old) return;
  ++met_old_;
  if (idx > newest_old_.second) newest_old_ = {state, idx};
}

void StateMatch::meet(const Digest& leaf, const State& state) {
  if (const auto idx = take_leaf(leaf))
    count(state, *idx);
  else
    waiting_.emplace(leaf, state);
}

void StateMatch::end_window() {
  for (const auto& [leaf, idx] : window_before_) ++gaps_[idx];
  while (gaps_.size() > kKeptGaps) gaps_.erase(gaps_.begin());
  window_before_ = std::exchange(window_, {});
}

void StateMatch::look_back(sqlite::Connection& db) {
  if (waiting_.empty()) return;
  auto row = db.query("SELECT idx, leaves FROM audit_groups ORDER BY idx");
  while (row.step() && !waiting_.empty()) {
    const auto idx = row.get<std::int64_t>(0);
    each_leaf(row.get<std::string_view>(1), [&](const Digest& leaf) {
      const auto found = waiting_.find(leaf);
      if (found == waiting_.end()) return;
      count(found->second, idx);
      waiting_.erase(found);
      if (take_leaf(leaf)) return;
      if (const auto gap = gaps_.find(idx); gap != gaps_.end() && --gap->second == 0) gaps_.erase(gap);
    });
  }
}

std::vector<StateMatch::State> StateMatch::waiting() const {
  std::vector<State> states;
  for (const auto& [leaf, state] : waiting_) states.push_back(state);
  const auto order = [](const State& s) { return std::tuple(s.room, s.seq, s.version); };
  std::sort(states.begin(), states.end(),
            [&](const State& a, const State& b) { return order(a) < order(b); });
  return states;
}

std::pair<std::int64_t, std::int64_t> StateMatch::newest_gap() const {
  auto gaps = gaps_;
  for (const auto* window : {&window_, &window_before_})
    for (const auto& [leaf, idx] : *window) ++gaps[idx];
  if (gaps.empty()) return {-1, 0};
  return {gaps.rbegin()->first, gaps.rbegin()->second};
}

}  // namespace wardroom::evidence
