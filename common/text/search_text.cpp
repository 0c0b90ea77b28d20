#include "common/text/search_text.hpp"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "common/base/utf8.hpp"
#include "common/text/unicode.hpp"

namespace wardroom::text {
namespace {

constexpr std::size_t kMostParts = 16;  // enough to tell texts apart

// A mark that can be left off: an accent, not a vowel sign of a script that writes vowels as marks.
bool is_accent(UChar32 c) {
  if (c < 0x300 || u_charType(c) != U_NON_SPACING_MARK) return false;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_INHERITED;
}

bool is_dense_sign(UChar32 c) {
  if (c < 0xE00) return false;
  if (u_charType(c) == U_OTHER_SYMBOL) return true;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

bool is_word_sign(UChar32 c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  const auto type = u_charType(c);
  return u_isalnum(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
         type == U_LETTER_NUMBER || type == U_OTHER_NUMBER || type == U_OTHER_SYMBOL;
}

// One code point without case, width and accents: nothing, or one or several.
void append_folded(std::vector<FoldedSign>& signs, char32_t c, std::uint32_t begin, std::uint32_t end) {
  if (c < 0x80) {
    signs.push_back({c >= 'A' && c <= 'Z' ? c - U'A' + U'a' : c, begin, end});
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  static const icu::Normalizer2* const take_apart = icu::Normalizer2::getNFDInstance(status);
  if (!fold || !take_apart) return;
  icu::UnicodeString folded, apart;
  fold->normalize(icu::UnicodeString(static_cast<UChar32>(c)), folded, status);
  take_apart->normalize(folded, apart, status);
  bool any = false;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 sign = apart.char32At(i);
    if (is_accent(sign)) continue;
    signs.push_back({static_cast<char32_t>(sign), begin, end});
    any = true;
  }
  // What is left off belongs to the sign that carries it.
  if (!any && !signs.empty()) signs.back().end = end;
}

std::vector<FoldedWord> cut_into_words(const std::vector<FoldedSign>& signs) {
  std::vector<FoldedWord> words;
  bool open = false;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const auto c = static_cast<UChar32>(signs[i].sign);
    if (!is_word_sign(c)) {
      open = false;
      continue;
    }
    const bool is_mark = c >= 0x300 && u_charType(c) == U_NON_SPACING_MARK;
    const bool dense = open && is_mark ? words.back().dense : is_dense_sign(c);
    if (open && words.back().dense == dense)
      words.back().end = i + 1;
    else
      words.push_back({i, i + 1, dense});
    open = true;
  }
  return words;
}

std::string encoded(const std::vector<FoldedSign>& signs, std::size_t begin, std::size_t end,
                    std::string out = {}) {
  for (std::size_t i = begin; i < end; ++i) append_code_point(out, signs[i].sign);
  return out;
}

// The parts of `size` signs within.
void append_parts(std::vector<std::string>& terms, const FoldedText& text, const FoldedWord& word,
                  std::size_t size) {
  const std::size_t end = std::min(word.end, word.begin + kLongestInParts);
  for (std::size_t i = word.begin; i + size <= end; ++i)
    terms.push_back(encoded(text.signs, i, i + size, "_"));
}

void sort_out(std::vector<std::string>& terms) {
  std::ranges::sort(terms);
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

}  // namespace

std::u32string FoldedText::word(std::size_t i) const {
  std::u32string out;
  for (std::size_t at = words[i].begin; at < words[i].end; ++at) out.push_back(signs[at].sign);
  return out;
}

FoldedText fold_for_search(std::string_view text) {
  FoldedText folded;
  folded.signs.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = static_cast<std::uint32_t>(at);
    const char32_t c = next_code_point(text, at);
    append_folded(folded.signs, c, begin, static_cast<std::uint32_t>(at));
  }
  folded.words = cut_into_words(folded.signs);
  return folded;
}

std::string folded_for_search(std::string_view text) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(text, is_ascii)) return casefolded(text);
  std::vector<FoldedSign> signs;
  for (std::size_t at = 0; at < text.size();) append_folded(signs, next_code_point(text, at), 0, 0);
  return encoded(signs, 0, signs.size());
}

std::vector<std::string> search_terms(std::string_view text) {
  const FoldedText folded = fold_for_search(text);
  std::vector<std::string> terms;
  for (const auto& word : folded.words) {
    if (word.dense) {
      append_parts(terms, folded, word, 1);
      append_parts(terms, folded, word, 2);
      continue;
    }
    if (word.end - word.begin <= kLongestWord) terms.push_back(encoded(folded.signs, word.begin, word.end));
    append_parts(terms, folded, word, kShortestPart);
  }
  sort_out(terms);
  return terms;
}

std::vector<std::string> terms_of_part(const FoldedText& part, bool at_start, bool at_end) {
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < part.words.size(); ++i) {
    const auto& word = part.words[i];
    const std::size_t size = word.end - word.begin;
    // Beside a sign that isn't of a word, or where the caller says so, a word begins or ends.
    const bool begins = at_start || word.begin > 0;
    const bool ends = at_end || word.end < part.signs.size();
    if (word.dense) {
      append_parts(terms, part, word, size > 1 ? 2 : 1);
      continue;
    }
    if (begins && ends && size <= kLongestWord)
      terms.push_back(encoded(part.signs, word.begin, word.end));
    else if (begins || size <= kLongestInParts)
      append_parts(terms, part, word, kShortestPart);
  }
  sort_out(terms);
  if (terms.size() > kMostParts) terms.resize(kMostParts);
  return terms;
}

}  // namespace wardroom::text
