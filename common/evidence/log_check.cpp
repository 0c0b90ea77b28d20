#include "common/evidence/log_check.hpp"

#include <algorithm>

namespace wardroom::evidence {
namespace {

constexpr std::size_t kMaxFindings = 100;

}  // namespace

void LogReport::add(std::string finding) {
  ++wrong;
  if (findings.size() < kMaxFindings) findings.push_back(std::move(finding));
}

void LogReport::doubt(std::string sentence) {
  ++unproven;
  if (doubts.size() < kMaxFindings) doubts.push_back(std::move(sentence));
}

LogCheck::LogCheck(std::vector<tlog::Checkpoint> heads, std::function<void(const Digest&)> on_node)
    : on_node_(std::move(on_node)) {
  std::sort(heads.begin(), heads.end(), [](const auto& a, const auto& b) { return a.size < b.size; });
  for (auto& head : heads) heads_.push_back({std::move(head), std::nullopt});
  for (; next_head_ < heads_.size() && heads_[next_head_].head.size == 0; ++next_head_)
    heads_[next_head_].root = root();
}

void LogCheck::add(const Digest& leaf) {
  complete_.push_back(leaf);
  ++size_;
  for (int i = 0; i < tlog::levels_completed_by(size_); ++i) {
    const Digest right = complete_.back();
    complete_.pop_back();
    complete_.back() = tlog::node_hash(complete_.back(), right);
    if (on_node_) on_node_(complete_.back());
  }
  for (; next_head_ < heads_.size() && heads_[next_head_].head.size == size_; ++next_head_)
    heads_[next_head_].root = root();
}

Digest LogCheck::root() const {
  if (complete_.empty()) return tlog::root_of({});
  Digest root = complete_.back();
  for (auto at = complete_.rbegin() + 1; at != complete_.rend(); ++at) root = tlog::node_hash(*at, root);
  return root;
}

void LogCheck::report(LogReport& report) const {
  report.size = size_;
  report.root = root();
  for (const auto& [head, root] : heads_) {
    const std::string what = "the head of " + std::to_string(head.size) + " records";
    if (!root)
      report.add("The log is shorter than " + what + ": it has " + std::to_string(size_) + ".");
    else if (*root != head.root)
      report.add("The log is not the one of " + what +
                 ": among these records something was changed, removed, "
                 "added or moved.");
  }
}

}  // namespace wardroom::evidence
