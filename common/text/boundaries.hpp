#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Where a text may be cut, from ICU (UAX 14 and 29), with its dictionaries for the scripts that put no space
// between words. Positions are bytes. Bytes that aren't UTF-8 count as one character each. Pure functions,
// any thread.
namespace wardroom::text {

// A character is what a reader takes for one (an extended grapheme cluster): a letter with its marks, a whole
// emoji. 0 and the text's size are always boundaries.
std::size_t next_character(std::string_view text, std::size_t at);
std::size_t previous_character(std::string_view text, std::size_t at);
// What Backspace takes: a whole emoji, else the last code point, so that a wrong mark costs no letter.
std::size_t before_backspace(std::string_view text, std::size_t at);

// The beginning of the word before `at`, and the end of the one behind it.
std::size_t word_left(std::string_view text, std::size_t at);
std::size_t word_right(std::string_view text, std::size_t at);
// The word at or before `at`; empty where there is none.
std::pair<std::size_t, std::size_t> word_around(std::string_view text, std::size_t at);

inline constexpr std::uint8_t kCharacterBegins = 1;
inline constexpr std::uint8_t kLineMayBegin = 2;
// For each byte, and the end. Where lines may begin takes longer, and is left out if it isn't asked for.
std::vector<std::uint8_t> find_boundaries(std::string_view text, bool with_lines);

// Keeps a text from turning its neighbours round, and them from turning it, where they stand in one sentence:
// marks that reorder are left out, and one that is written from the right is put between FIRST STRONG ISOLATE
// and POP DIRECTIONAL ISOLATE. All others stay as they are.
std::string isolated(std::string_view text);

}  // namespace wardroom::text
