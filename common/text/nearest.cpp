#include "common/text/nearest.hpp"

#include <algorithm>

#include "common/text/unicode.hpp"

namespace wardroom::text {
namespace {

constexpr std::size_t kShown = 3;
constexpr std::size_t kLongest = 64;  // bytes; longer ones aren't typed

// Insertions, deletions, replacements and swaps of neighbours (restricted Damerau-Levenshtein), in bytes.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

Nearest::Nearest(std::string_view typed) : typed_(casefolded(typed)) {}

void Nearest::add(std::string_view name) {
  const std::string folded = casefolded(name);
  if (typed_.empty() || typed_.size() > kLongest || folded.size() > kLongest) return;
  const bool begins = folded.starts_with(typed_);
  const std::size_t far = begins ? 1 : distance(typed_, folded);
  if (far > std::max<std::size_t>(1, typed_.size() / 3)) return;
  best_.push_back({far, std::string(name)});
  std::ranges::sort(best_);
  // One that is as good as what was typed makes the far ones noise.
  while (best_.size() > kShown || best_.back().distance > best_.front().distance + 1) best_.pop_back();
}

std::vector<std::string> Nearest::names() const {
  std::vector<std::string> names;
  for (const auto& candidate : best_) names.push_back(candidate.name);
  return names;
}

std::string did_you_mean(const std::vector<std::string>& names, std::string_view mark) {
  std::string sentence;
  for (std::size_t i = 0; i < names.size(); ++i) {
    sentence += i == 0 ? "Did you mean " : i + 1 == names.size() ? " or " : ", ";
    sentence += std::string(mark) + names[i];
  }
  return sentence.empty() ? sentence : sentence + "?";
}

}  // namespace wardroom::text
