#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// How a text is looked at by a search: without case, accents and width, cut into words. The index, the query
// and the marks in what was found all see it so. Pure functions, any thread.
namespace wardroom::text {

// A sign of the folded text, and the bytes of the original that it came from.
struct FoldedSign {
  char32_t sign = 0;
  std::uint32_t begin = 0, end = 0;
};

// Signs from `begin` to before `end`. Dense: of a script that puts no space between words, or an emoji; its
// signs are found one by one and in pairs.
struct FoldedWord {
  std::size_t begin = 0, end = 0;
  bool dense = false;
};

struct FoldedText {
  std::vector<FoldedSign> signs;
  std::vector<FoldedWord> words;

  std::u32string word(std::size_t i) const;
};

// The text is well-formed UTF-8.
FoldedText fold_for_search(std::string_view text);

// The folded text alone: what is the same to a search is the same here, and a part of it is found in it.
std::string folded_for_search(std::string_view text);

// Longer words are found by their parts.
inline constexpr std::size_t kLongestWord = 64;  // signs
// Of a longer one, only so much is found by parts.
inline constexpr std::size_t kLongestInParts = 256;  // signs
inline constexpr std::size_t kShortestPart = 3;      // signs, in words that aren't dense

// What an index holds of a text: words as they are, parts with an underscore in front, which no word has.
// Each once, sorted.
std::vector<std::string> search_terms(std::string_view text);

// What an index has of every text with this sign sequence somewhere in it; may be none. `at_start`: the
// sequence begins where a word does; `at_end`: it ends where one does.
std::vector<std::string> terms_of_part(const FoldedText& part, bool at_start, bool at_end);

}  // namespace wardroom::text
