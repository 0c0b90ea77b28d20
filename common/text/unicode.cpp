#include "common/text/unicode.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "common/base/utf8.hpp"

namespace wardroom::text {
namespace {

UChar32 as_icu(char32_t c) {
  return static_cast<UChar32>(c);
}

using FindForm = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalized(std::string_view text, FindForm find_form) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = find_form(status);
  const auto from =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString to;
  if (form) form->normalize(from, to, status);
  assert(U_SUCCESS(status));
  std::string out;
  return to.toUTF8String(out);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string ascii_lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::size_t columns_of(char32_t c) {
  if (c < 0x300) return 1;
  const auto type = u_charType(as_icu(c));
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
      u_hasBinaryProperty(as_icu(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
    return 0;
  const auto width = u_getIntPropertyValue(as_icu(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return normalized(text, &icu::Normalizer2::getNFCInstance);
}

std::string to_nfkc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return normalized(text, &icu::Normalizer2::getNFKCInstance);
}

std::string casefolded(std::string_view text) {
  return is_ascii(text) ? ascii_lowered(text) : normalized(text, &icu::Normalizer2::getNFKCCasefoldInstance);
}

std::string without_case(std::string_view text) {
  if (is_ascii(text) || !is_valid_utf8(text)) return ascii_lowered(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();)
    append_code_point(
        out, static_cast<char32_t>(u_foldCase(as_icu(next_code_point(text, at)), U_FOLD_CASE_DEFAULT)));
  return out;
}

std::string code_of(char32_t c) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (int shift = c > 0xFFFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
    out.push_back(kDigits[c >> shift & 15]);
  return "U+" + out;
}

std::string name_of(char32_t c) {
  std::array<char, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  const auto length =
      u_charName(as_icu(c), U_UNICODE_CHAR_NAME, name.data(), static_cast<int32_t>(name.size()), &status);
  if (U_FAILURE(status) || length <= 0) return code_of(c);
  return code_of(c) + " " + name.data();
}

std::size_t count_columns(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) columns += columns_of(next_code_point(text, at));
  return columns;
}

}  // namespace wardroom::text
