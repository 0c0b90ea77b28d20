#include "common/text/capitals.hpp"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace wardroom::text {

std::string in_capitals(std::string_view text, const std::string& language) {
  auto letters =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  letters.toUpper(icu::Locale(language.c_str()));
  std::string out;
  return letters.toUTF8String(out);
}

bool has_separable_letters(std::string_view text) {
  const auto letters =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  for (int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const UChar32 c = letters.char32At(at);
    if (c < 0x80) continue;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
      case USCRIPT_LATIN:
      case USCRIPT_GREEK:
      case USCRIPT_CYRILLIC:
        continue;
      case USCRIPT_COMMON:
        if (u_ispunct(c)) continue;
        return false;
      default:
        return false;
    }
  }
  return true;
}

}  // namespace wardroom::text
