#pragma once

#include <string>
#include <string_view>

// What Unicode says about texts, from ICU. Texts are well-formed UTF-8. Pure functions, any thread; ICU's
// tables are mapped when the first of them is called (decision record 0013).
namespace wardroom::text {

std::string to_nfc(std::string_view text);
std::string to_nfkc(std::string_view text);
// NFKC_Casefold: without case, width, ligatures and characters that aren't shown.
std::string casefolded(std::string_view text);
// Each sign by itself without its case (simple case folding): Ä is ä; é isn't e, and ß isn't ss. Of bytes
// that aren't UTF-8, A to Z alone.
std::string without_case(std::string_view text);

std::string code_of(char32_t c);  // "U+202A"
// "U+202A LEFT-TO-RIGHT EMBEDDING"; controls have no name: "U+001B".
std::string name_of(char32_t c);

// Columns of a terminal: 2 for a wide East Asian sign or an emoji (UAX 11), 0 for a mark on another sign.
std::size_t count_columns(std::string_view text);

}  // namespace wardroom::text
