#pragma once

#include <optional>
#include <string_view>

// Taking a line of bytes apart.
namespace wardroom::irc_log {

inline constexpr std::string_view kSpace = " \t\r";

std::string_view trimmed(std::string_view text);
// Takes the first word off.
std::string_view take_word(std::string_view& text);
// The digits at `at`, as many as `count`, as a number less than `below`.
std::optional<unsigned> digits_at(std::string_view text, std::size_t at, std::size_t count, unsigned below);

}  // namespace wardroom::irc_log
