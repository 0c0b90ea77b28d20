#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wardroom {

// Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing over
// U+10FFFF).
bool is_valid_utf8(std::string_view text) noexcept;

// Length of the longest well-formed prefix, in bytes.
std::size_t valid_utf8_prefix(std::string_view text) noexcept;

// Takes the code point at `at` and moves `at` behind it. The text must be well-formed.
char32_t next_code_point(std::string_view text, std::size_t& at) noexcept;

// The same of any bytes: one that isn't UTF-8 is U+FFFD.
char32_t next_mended_code_point(std::string_view text, std::size_t& at) noexcept;

void append_code_point(std::string& out, char32_t code_point);

// The text with U+FFFD in the place of each byte that isn't UTF-8.
std::string mend_utf8(std::string_view text);

// Number of code points of well-formed text.
std::size_t count_code_points(std::string_view text) noexcept;

// The longest prefix of at most `max_bytes` that doesn't cut a code point.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes) noexcept;

// C0 controls other than tab and newline, DEL, C1 controls, and the marks that reorder text (U+202A–E,
// U+2066–9).
bool is_control(char32_t code_point) noexcept;

// The text with every sign that isn't seen and moves or hides others written out, \n, \r, \t or \u with four
// hex digits: C0 and C1 controls, DEL, all bidirectional marks, U+2028 and U+2029. Of JSON, JSON that says
// the same. Everything that shows a record of the audit log shows it so. Bytes that aren't UTF-8 stay as they
// are.
std::string escape_unseen(std::string_view text);

}  // namespace wardroom
