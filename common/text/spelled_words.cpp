#include "common/text/spelled_words.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "common/base/per_thread.hpp"
#include "common/base/utf8.hpp"
#include "common/text/end_of_code.hpp"

namespace wardroom::text {
namespace {

constexpr std::size_t kLongestWord = 100;  // bytes

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '+' || c == '.';
}

// Also of other scripts: what goes on a name or an address.
bool goes_on(char c) {
  return is_ascii_word(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_gap(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

// Blanks out, byte for byte, what isn't the person's own spelling, so that places stay what they are.
class Blanked {
 public:
  explicit Blanked(std::string_view text) : text_(text) {
    blank_code();
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (text_[at] == '@')
        blank_address(at);
      else if (text_[at] == '#' && (at == 0 || !goes_on(text_[at - 1])))
        blank(at, end_of_name(at + 1));
      else if (text_[at] == ':')
        blank_from_colon(at);
      else if (starts_at(at, "www.") && (at == 0 || !goes_on(text_[at - 1])))
        blank(at, end_of_token(at));
    }
    // A command is no word either.
    if (text_.starts_with('/')) blank(0, end_of_token(0));
  }
  const std::string& text() const { return text_; }

 private:
  bool starts_at(std::size_t at, std::string_view what) const {
    return text_.compare(at, what.size(), what) == 0;
  }

  void blank(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at)
      if (text_[at] != '\n') text_[at] = ' ';
  }

  std::size_t end_of_name(std::size_t at) const {
    while (at < text_.size() && goes_on(text_[at])) ++at;
    return at;
  }

  std::size_t end_of_token(std::size_t at) const {
    while (at < text_.size() && !is_gap(text_[at])) ++at;
    return at;
  }

  std::size_t begin_of_name(std::size_t at) const {
    while (at > 0 && goes_on(text_[at - 1])) --at;
    return at;
  }

  void blank_code() {
    for (std::size_t at = text_.find('`'); at != std::string::npos; at = text_.find('`', at)) {
      const std::size_t ticks = std::min(text_.find_first_not_of('`', at), text_.size());
      std::size_t end = end_of_code(text_, at);
      // A block that nobody has closed yet goes on to the end.
      if (end == ticks && ticks - at >= 3) end = text_.size();
      blank(at, end);
    }
  }

  void blank_address(std::size_t at) { blank(begin_of_name(at), end_of_name(at + 1)); }

  // "https://…", or ":tada:".
  void blank_from_colon(std::size_t at) {
    if (starts_at(at, "://")) return blank(begin_of_name(at), end_of_token(at));
    std::size_t end = at + 1;
    while (end < text_.size() && is_ascii_word(text_[end])) ++end;
    if (end > at + 1 && end < text_.size() && text_[end] == ':') blank(at, end + 1);
  }

  std::string text_;
};

bool is_spelled(std::string_view word) {
  if (word.size() > kLongestWord) return false;
  for (std::size_t at = 0; at < word.size();) {
    const auto c = static_cast<UChar32>(next_mended_code_point(word, at));
    if (c == '.' || c == '_' || u_isdigit(c)) return false;
  }
  return true;
}

using Breaker = std::unique_ptr<UBreakIterator, decltype(&ubrk_close)>;

UBreakIterator* words_of(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  // Making one costs as much as a page of text.
  const auto& breaker = per_thread([] {
    UErrorCode opened = U_ZERO_ERROR;
    return Breaker{ubrk_open(UBRK_WORD, "en", nullptr, 0, &opened), &ubrk_close};
  });
  if (!breaker) return nullptr;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &status);
  ubrk_setUText(breaker.get(), &source, &status);
  utext_close(&source);
  return U_SUCCESS(status) ? breaker.get() : nullptr;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> find_spelled_words(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const Blanked blanked(text);
  UBreakIterator* iterator = words_of(blanked.text());
  if (!iterator) return found;
  auto begin = static_cast<std::size_t>(ubrk_first(iterator));
  for (std::int32_t next = ubrk_next(iterator); next != UBRK_DONE; next = ubrk_next(iterator)) {
    const auto end = static_cast<std::size_t>(next);
    const std::int32_t kind = ubrk_getRuleStatus(iterator);
    if (kind >= UBRK_WORD_LETTER && kind < UBRK_WORD_LETTER_LIMIT &&
        is_spelled(text.substr(begin, end - begin)))
      found.emplace_back(begin, end);
    begin = end;
  }
  return found;
}

ScriptsOfLanguage::ScriptsOfLanguage(const std::string& language) {
  std::array<UScriptCode, 16> codes{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t count = uscript_getCode(language.c_str(), codes.data(), codes.size(), &status);
  if (U_SUCCESS(status)) scripts_.assign(codes.begin(), codes.begin() + count);
}

bool ScriptsOfLanguage::write(std::string_view word) const {
  if (scripts_.empty()) return true;  // nobody knows: its dictionary may
  for (std::size_t at = 0; at < word.size();) {
    const auto c = static_cast<UChar32>(next_mended_code_point(word, at));
    if (!u_isalpha(c)) continue;
    const auto has = [c](int script) { return uscript_hasScript(c, static_cast<UScriptCode>(script)) != 0; };
    if (std::ranges::none_of(scripts_, has)) return false;
  }
  return true;
}

std::string name_of_language(const std::string& language, const std::string& in) {
  std::array<UChar, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length =
      uloc_getDisplayName(language.c_str(), in.c_str(), name.data(), name.size(), &status);
  if (U_FAILURE(status) || length == 0) return language;
  std::array<char, 512> utf8{};
  std::int32_t bytes = 0;
  u_strToUTF8(utf8.data(), utf8.size(), &bytes, name.data(), length, &status);
  return U_SUCCESS(status) ? std::string(utf8.data(), static_cast<std::size_t>(bytes)) : language;
}

}  // namespace wardroom::text
