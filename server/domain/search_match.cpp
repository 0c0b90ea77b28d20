#include "server/domain/search_match.hpp"

#include <algorithm>

namespace wardroom::domain {
namespace {

using text::FoldedText;
using text::FoldedWord;

constexpr std::size_t kMostMarks = 50;

Mark mark_of(const FoldedText& text, std::size_t begin, std::size_t end) {
  return {text.signs[begin].begin, text.signs[end - 1].end};
}

bool same_sign(const text::FoldedSign& a, const text::FoldedSign& b) {
  return a.sign == b.sign;
}

// Whether `wanted` is the word, or, with `may_go_on`, how it begins.
bool fits(const FoldedText& a, const FoldedWord& wanted, const FoldedText& b, const FoldedWord& word,
          bool may_go_on) {
  const std::size_t size = wanted.end - wanted.begin;
  const std::size_t has = word.end - word.begin;
  if (may_go_on ? has < size : has != size) return false;
  const auto from = [](const FoldedText& text, std::size_t at) {
    return text.signs.begin() + static_cast<std::ptrdiff_t>(at);
  };
  return std::equal(from(a, wanted.begin), from(a, wanted.end), from(b, word.begin), same_sign);
}

std::vector<Mark> find_words(const SearchTerm& term, const FoldedText& text) {
  const FoldedText& wanted = term.text;
  const std::size_t count = wanted.words.size();
  std::vector<Mark> marks;
  for (std::size_t i = 0; i + count <= text.words.size() && marks.size() < kMostMarks;) {
    std::size_t same = 0;
    while (same < count && fits(wanted, wanted.words[same], text, text.words[i + same],
                                term.kind == SearchTerm::Kind::begin && same + 1 == count))
      ++same;
    if (same < count) {
      ++i;
      continue;
    }
    marks.push_back(mark_of(text, text.words[i].begin, text.words[i + count - 1].end));
    i += count;
  }
  return marks;
}

std::vector<Mark> find_part(const FoldedText& part, const FoldedText& text) {
  std::vector<Mark> marks;
  auto at = text.signs.begin();
  while (marks.size() < kMostMarks) {
    at = std::search(at, text.signs.end(), part.signs.begin(), part.signs.end(), same_sign);
    if (at == text.signs.end()) break;
    const auto begin = static_cast<std::size_t>(at - text.signs.begin());
    marks.push_back(mark_of(text, begin, begin + part.signs.size()));
    at += static_cast<std::ptrdiff_t>(part.signs.size());
  }
  return marks;
}

}  // namespace

std::vector<Mark> find_term(const SearchTerm& term, const FoldedText& text) {
  return term.kind == SearchTerm::Kind::part ? find_part(term.text, text) : find_words(term, text);
}

bool has_link(std::string_view text) {
  return text.find("http://") != text.npos || text.find("https://") != text.npos ||
         text.find("www.") != text.npos;
}

}  // namespace wardroom::domain
