#include "common/text/boundaries.hpp"

#include <algorithm>
#include <cassert>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "common/base/per_thread.hpp"
#include "common/base/utf8.hpp"
#include "common/text/emoji_sequence.hpp"

namespace wardroom::text {
namespace {

// One of ICU's iterators; making one costs as much as a page of text, so that each thread keeps its own.
class Breaker {
 public:
  explicit Breaker(UBreakIteratorType type) {
    UErrorCode status = U_ZERO_ERROR;
    iterator_ = ubrk_open(type, "en", nullptr, 0, &status);
    assert(U_SUCCESS(status));
  }
  ~Breaker() { ubrk_close(iterator_); }
  Breaker(const Breaker&) = delete;
  Breaker& operator=(const Breaker&) = delete;

  // The text must stay where it is while the iterator is used.
  UBreakIterator* over(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &status);
    ubrk_setUText(iterator_, &source, &status);
    utext_close(&source);
    assert(U_SUCCESS(status));
    return iterator_;
  }

 private:
  UBreakIterator* iterator_ = nullptr;
};

Breaker& characters() {
  return per_thread([] { return Breaker{UBRK_CHARACTER}; });
}
Breaker& words() {
  return per_thread([] { return Breaker{UBRK_WORD}; });
}
Breaker& lines() {
  return per_thread([] { return Breaker{UBRK_LINE}; });
}

std::size_t following(UBreakIterator* iterator, std::string_view text, std::size_t at) {
  const std::int32_t found = ubrk_following(iterator, static_cast<std::int32_t>(at));
  return found == UBRK_DONE ? text.size() : static_cast<std::size_t>(found);
}

std::size_t preceding(UBreakIterator* iterator, std::size_t at) {
  const std::int32_t found = ubrk_preceding(iterator, static_cast<std::int32_t>(at));
  return found == UBRK_DONE ? 0 : static_cast<std::size_t>(found);
}

bool is_word(std::string_view part) {
  for (std::size_t at = 0; at < part.size();) {
    const auto c = static_cast<UChar32>(next_mended_code_point(part, at));
    if (u_isalnum(c) || c == '_' || u_hasBinaryProperty(c, UCHAR_ALPHABETIC) ||
        (c > 0x7F && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)))
      return true;
  }
  return false;
}

bool reorders(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::size_t next_character(std::string_view text, std::size_t at) {
  return at >= text.size() ? text.size() : following(characters().over(text), text, at);
}

std::size_t previous_character(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  return at == 0 ? 0 : preceding(characters().over(text), at);
}

std::size_t before_backspace(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  const std::size_t whole = previous_character(text, at);
  const std::string_view last = text.substr(whole, at - whole);
  if (last.empty() || !is_valid_utf8(last) || emoji_sequence_length(last, 0) == last.size()) return whole;
  std::size_t before = at - 1;
  while (before > whole && (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
  return before;
}

std::size_t word_left(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  UBreakIterator* iterator = words().over(text);
  while (at > 0) {
    const std::size_t begin = preceding(iterator, at);
    if (is_word(text.substr(begin, at - begin))) return begin;
    at = begin;
  }
  return 0;
}

std::size_t word_right(std::string_view text, std::size_t at) {
  UBreakIterator* iterator = words().over(text);
  while (at < text.size()) {
    const std::size_t end = following(iterator, text, at);
    if (is_word(text.substr(at, end - at))) return end;
    at = end;
  }
  return text.size();
}

std::pair<std::size_t, std::size_t> word_around(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  UBreakIterator* iterator = words().over(text);
  if (at < text.size()) {
    const std::size_t end = following(iterator, text, at);
    const std::size_t begin = preceding(iterator, end);
    if (is_word(text.substr(begin, end - begin))) return {begin, end};
    if (begin < at) return {at, at};
  }
  const std::size_t begin = at == 0 ? 0 : preceding(iterator, at);
  return is_word(text.substr(begin, at - begin)) ? std::pair{begin, at} : std::pair{at, at};
}

std::vector<std::uint8_t> find_boundaries(std::string_view text, bool with_lines) {
  std::vector<std::uint8_t> found(text.size() + 1, 0);
  const auto add = [&](std::size_t at, std::uint8_t what) {
    found[at] = static_cast<std::uint8_t>(found[at] | what);
  };
  const auto mark = [&](UBreakIterator* iterator, std::uint8_t what) {
    for (std::int32_t at = ubrk_first(iterator); at != UBRK_DONE; at = ubrk_next(iterator))
      add(static_cast<std::size_t>(at), what);
  };
  const bool ascii =
      std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\r'; });
  if (ascii)
    std::ranges::fill(found, kCharacterBegins);
  else
    mark(characters().over(text), kCharacterBegins);
  if (with_lines && !text.empty()) mark(lines().over(text), kLineMayBegin);
  add(0, kCharacterBegins);
  add(text.size(), kCharacterBegins);
  return found;
}

std::string isolated(std::string_view text) {
  std::string out;
  bool from_right = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_mended_code_point(text, at);
    if (reorders(c)) continue;
    const UCharDirection direction = u_charDirection(static_cast<UChar32>(c));
    from_right |=
        direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC || direction == U_ARABIC_NUMBER;
    out += text.substr(begin, at - begin);
  }
  return from_right ? "\xE2\x81\xA8" + out + "\xE2\x81\xA9" : out;
}

}  // namespace wardroom::text
