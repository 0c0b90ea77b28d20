#include "ctl/irc_log/words.hpp"

#include <algorithm>

namespace wardroom::irc_log {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const auto end = std::min(text.find_first_of(kSpace), text.size());
  const auto word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

std::optional<unsigned> digits_at(std::string_view text, std::size_t at, std::size_t count, unsigned below) {
  if (at + count > text.size()) return std::nullopt;
  unsigned number = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number < below ? std::optional(number) : std::nullopt;
}

}  // namespace wardroom::irc_log
