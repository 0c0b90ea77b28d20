#include "server/domain/unicode.hpp"

#include <cassert>
#include <map>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "common/base/utf8.hpp"
#include "common/text/unicode.hpp"

namespace wardroom::domain {
namespace {

constexpr char32_t kZeroWidthNonJoiner = 0x200C;
constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;
constexpr char32_t kBlankBraille = 0x2800;
constexpr char32_t kBlackFlag = 0x1F3F4;
constexpr int kMaxMarks = 4;  // on one letter; Vietnamese needs two, pointed Hebrew three

UChar32 as_icu(char32_t c) {
  return static_cast<UChar32>(c);
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

const USpoofChecker* open_checker() {
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker* checker = uspoof_open(&status);
  uspoof_setChecks(checker, USPOOF_RESTRICTION_LEVEL, &status);
  uspoof_setRestrictionLevel(checker, USPOOF_MODERATELY_RESTRICTIVE);
  assert(U_SUCCESS(status));
  return checker;
}

// Thread-safe once it is set up; lives as long as the program.
const USpoofChecker* checker() {
  static const USpoofChecker* const instance = open_checker();
  return instance;
}

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(as_icu(c), &status);
}

bool is_emoji(char32_t c) {
  return u_hasBinaryProperty(as_icu(c), UCHAR_EXTENDED_PICTOGRAPHIC) ||
         u_hasBinaryProperty(as_icu(c), UCHAR_EMOJI_MODIFIER);
}

// Scripts whose spelling needs joiners (UAX 31, table 2, and RFC 5892, appendix A).
bool needs_joiners(UScriptCode script) {
  switch (script) {
    case USCRIPT_ARABIC:
    case USCRIPT_SYRIAC:
    case USCRIPT_MONGOLIAN:
    case USCRIPT_DEVANAGARI:
    case USCRIPT_BENGALI:
    case USCRIPT_GURMUKHI:
    case USCRIPT_GUJARATI:
    case USCRIPT_ORIYA:
    case USCRIPT_TAMIL:
    case USCRIPT_TELUGU:
    case USCRIPT_KANNADA:
    case USCRIPT_MALAYALAM:
    case USCRIPT_SINHALA:
    case USCRIPT_KHMER:
      return true;
    default:
      return false;
  }
}

bool is_tag(char32_t c) {
  return c >= 0xE0020 && c <= 0xE007F;
}

// Characters that aren't shown have their use only between others.
bool is_in_place(char32_t before, char32_t c, char32_t after) {
  if (c == kTextStyle || c == kEmojiStyle) return u_hasBinaryProperty(as_icu(before), UCHAR_EMOJI);
  if (is_tag(c)) return before == kBlackFlag || is_tag(before);
  if (c == kZeroWidthJoiner && is_emoji(after)) return is_emoji(before) || before == kEmojiStyle;
  if (c == kZeroWidthJoiner || c == kZeroWidthNonJoiner)
    return needs_joiners(script_of(before)) && script_of(before) == script_of(after);
  return false;
}

bool is_unshown(char32_t c) {
  if (c == kBlankBraille || u_hasBinaryProperty(as_icu(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  switch (u_charType(as_icu(c))) {
    case U_UNASSIGNED:
      return !is_emoji(c);  // newer than this ICU
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return true;
    default:
      return false;
  }
}

bool is_mark(char32_t c) {
  const auto type = u_charType(as_icu(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool is_in_word(char32_t c) {
  return u_isalnum(as_icu(c)) || is_mark(c);
}

bool is_of_script(UScriptCode script) {
  return script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
}

// The first letter that isn't of the script that most letters of the word are of.
std::string describe_mixture(const std::vector<char32_t>& word) {
  std::map<UScriptCode, int> letters;
  for (const char32_t c : word)
    if (is_of_script(script_of(c))) ++letters[script_of(c)];
  UScriptCode most = USCRIPT_LATIN;
  for (const auto& [script, count] : letters)
    if (count > letters[most]) most = script;
  for (const char32_t c : word) {
    const UScriptCode script = script_of(c);
    if (!is_of_script(script) || script == most) continue;
    std::string shown;
    append_code_point(shown, c);
    return "“" + shown + "” (" + text::code_of(c) + ") is a " + uscript_getName(script) + " letter among " +
           uscript_getName(most) + " ones, and such letters look alike. Write each word in one script.";
  }
  return "Letters of several scripts in one word look alike. Write each word in one script.";
}

std::optional<std::string> find_mixture(const std::vector<char32_t>& word) {
  std::string text;
  for (const char32_t c : word) append_code_point(text, c);
  UErrorCode status = U_ZERO_ERROR;
  if (uspoof_checkUTF8(checker(), text.data(), static_cast<int32_t>(text.size()), nullptr, &status) == 0)
    return std::nullopt;
  return describe_mixture(word);
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

}  // namespace

std::string skeleton(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(text.size() * 4 + 32, '\0');
  const auto measure = [&] {
    return uspoof_getSkeletonUTF8(checker(), 0, text.data(), static_cast<int32_t>(text.size()), out.data(),
                                  static_cast<int32_t>(out.size()), &status);
  };
  auto length = static_cast<std::size_t>(measure());
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    out.resize(length);
    length = static_cast<std::size_t>(measure());
  }
  assert(U_SUCCESS(status));
  out.resize(length);
  return out;
}

std::string with_emoji_style(std::string_view text) {
  const auto from = code_points(text);
  std::string out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const char32_t c = from[i];
    const char32_t after = i + 1 < from.size() ? from[i + 1] : 0;
    const bool is_styled = after == kEmojiStyle || after == kTextStyle;
    append_code_point(out, c);
    if (!u_hasBinaryProperty(as_icu(c), UCHAR_EMOJI)) continue;
    if (is_styled) ++i;
    const char32_t next = i + 1 < from.size() ? from[i + 1] : 0;
    const bool is_letter = c < 0x80 && next != kKeycap;  // digits, # and *
    if (!is_letter && !u_hasBinaryProperty(as_icu(c), UCHAR_EMOJI_PRESENTATION) &&
        !u_hasBinaryProperty(as_icu(next), UCHAR_EMOJI_MODIFIER))
      append_code_point(out, kEmojiStyle);
  }
  return out;
}

std::string with_single_spaces(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char32_t c : code_points(text)) {
    const bool is_space = u_isUWhiteSpace(as_icu(c));
    if (is_space && !space) out.push_back(' ');
    if (!is_space) append_code_point(out, c);
    space = is_space;
  }
  return out;
}

bool has_white_space(std::string_view text) {
  for (const char32_t c : code_points(text))
    if (u_isUWhiteSpace(as_icu(c))) return true;
  return false;
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c > 0x20 && c < 0x7F) return false;  // most texts begin so
    if (!u_isUWhiteSpace(as_icu(c)) && c != kBlankBraille &&
        !u_hasBinaryProperty(as_icu(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
      return false;
  }
  return true;
}

std::optional<std::string> find_unshown(std::string_view utf8) {
  const auto text = code_points(utf8);
  int marks = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t before = i > 0 ? text[i - 1] : 0;
    const char32_t after = i + 1 < text.size() ? text[i + 1] : 0;
    if (is_unshown(text[i]) && !is_in_place(before, text[i], after))
      return "Character " + std::to_string(i + 1) +
             " of it isn't shown: " + wardroom::text::name_of(text[i]) + ". Leave it out.";
    marks = is_mark(text[i]) ? marks + 1 : 0;
    if (marks > kMaxMarks)
      return "There are too many marks on one letter; character " + std::to_string(i + 1) + " is " +
             wardroom::text::name_of(text[i]) + ". Leave some out.";
  }
  return std::nullopt;
}

std::optional<std::string> find_confusing(std::string_view name) {
  if (is_ascii(name)) return std::nullopt;
  if (auto unshown = find_unshown(name)) return unshown;
  std::vector<char32_t> word;
  for (const char32_t c : code_points(name)) {
    if (is_in_word(c)) {
      word.push_back(c);
      continue;
    }
    if (auto mixture = find_mixture(word)) return mixture;
    word.clear();
  }
  return find_mixture(word);
}

}  // namespace wardroom::domain
