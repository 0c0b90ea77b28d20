#include "client/model/cached_words.hpp"

#include <algorithm>
#include <array>

namespace wardroom::client {
namespace {

using protocol::SearchMark;
using text::FoldedText;

constexpr std::size_t kMostMarksOfWord = 50;

// The next piece between blanks, or between quotation marks; takes it off the query.
std::string_view take_piece(std::string_view& query) {
  while (query.starts_with(' ')) query.remove_prefix(1);
  const bool quoted = query.starts_with('"');
  if (quoted) query.remove_prefix(1);
  const auto end = std::min(query.find(quoted ? '"' : ' '), query.size());
  const auto piece = query.substr(0, end);
  query.remove_prefix(std::min(end + 1, query.size()));
  return piece;
}

bool is_of_the_server(std::string_view piece) {
  constexpr std::array<std::string_view, 7> kFilterKeys{
      "from:", "in:", "before:", "after:", "on:", "has:", "is:"};
  if (piece == "or" || piece == "OR" || (piece.size() > 1 && piece.starts_with('-'))) return true;
  return std::ranges::any_of(kFilterKeys, [&](std::string_view key) { return piece.starts_with(key); });
}

std::vector<SearchMark> marks_of(const FoldedText& word, const FoldedText& in) {
  const auto same = [](const text::FoldedSign& a, const text::FoldedSign& b) { return a.sign == b.sign; };
  std::vector<SearchMark> marks;
  auto at = in.signs.begin();
  while (marks.size() < kMostMarksOfWord) {
    at = std::search(at, in.signs.end(), word.signs.begin(), word.signs.end(), same);
    if (at == in.signs.end()) break;
    const auto last = at + static_cast<std::ptrdiff_t>(word.signs.size()) - 1;
    marks.push_back({std::int64_t{at->begin}, std::int64_t{last->end}});
    at = last + 1;
  }
  return marks;
}

std::vector<SearchMark> joined(std::vector<SearchMark> marks) {
  std::ranges::sort(marks, {}, &SearchMark::begin);
  std::vector<SearchMark> whole;
  for (const auto& mark : marks) {
    if (!whole.empty() && mark.begin <= whole.back().end)
      whole.back().end = std::max(whole.back().end, mark.end);
    else
      whole.push_back(mark);
  }
  return whole;
}

bool has_file(const protocol::Message& message, const FoldedText& word) {
  return message.files && std::ranges::any_of(*message.files, [&](const protocol::File& file) {
           return !marks_of(word, text::fold_for_search(file.name)).empty();
         });
}

}  // namespace

CachedWords::CachedWords(std::string_view query) {
  while (!query.empty()) {
    std::string_view piece = take_piece(query);
    if (is_of_the_server(piece)) continue;
    while (piece.starts_with('*')) piece.remove_prefix(1);
    while (piece.ends_with('*')) piece.remove_suffix(1);
    auto folded = text::fold_for_search(piece);
    if (!folded.words.empty()) words_.push_back(std::move(folded));
  }
}

std::optional<std::vector<SearchMark>> CachedWords::fit(const protocol::Message& message) const {
  if (message.deleted.value_or(false)) return std::nullopt;
  const auto folded = text::fold_for_search(message.text);
  std::vector<SearchMark> marks;
  for (const auto& word : words_) {
    const auto found = marks_of(word, folded);
    if (found.empty() && !has_file(message, word)) return std::nullopt;
    marks.insert(marks.end(), found.begin(), found.end());
  }
  return joined(std::move(marks));
}

}  // namespace wardroom::client
