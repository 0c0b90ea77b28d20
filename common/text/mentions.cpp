#include "common/text/mentions.hpp"

#include <algorithm>

#include "common/text/end_of_code.hpp"

namespace wardroom::text {
namespace {

constexpr std::size_t kMaxMentions = 50;
constexpr std::size_t kMaxNames = 6;  // tried for one mention
constexpr std::size_t kMaxNameBytes = 32;
constexpr std::string_view kPunctuation = ".-_";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_char(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
         kPunctuation.find(c) != std::string_view::npos;
}

std::string_view without_end(std::string_view word) {
  const auto last = word.find_last_not_of(kPunctuation);
  return word.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

Called names_of(std::string_view word) {
  Called names;
  const auto add = [&names](std::string_view name) {
    if (!name.empty() && name.size() <= kMaxNameBytes && names.size() < kMaxNames) names.emplace_back(name);
  };
  std::string_view rest = without_end(word);
  add(rest);
  if (rest.size() < word.size()) add(word);
  for (auto cut = rest.find_last_of(kPunctuation); cut != std::string_view::npos;
       cut = rest.find_last_of(kPunctuation)) {
    rest = without_end(rest.substr(0, cut));
    add(rest);
  }
  return names;
}

}  // namespace

bool names_everybody(const std::vector<Called>& mentions) {
  return std::ranges::any_of(mentions, [](const Called& called) { return called.front() == "room"; });
}

std::vector<Called> find_mentions(std::string_view text) {
  std::vector<Called> mentions;
  for (std::size_t at = text.find_first_of("@`");
       at != std::string_view::npos && mentions.size() < kMaxMentions;
       at = text.find_first_of("@`", at + 1)) {
    if (text[at] == '`') {
      at = end_of_code(text, at) - 1;
      continue;
    }
    if (at > 0 && ((is_name_char(text[at - 1]) && text[at - 1] != '_') || text[at - 1] == '@')) continue;
    std::size_t end = at + 1;
    while (end < text.size() && is_name_char(text[end])) ++end;
    std::string word(text.substr(at + 1, end - at - 1));
    std::ranges::transform(word, word.begin(), lower);
    auto names = names_of(word);
    if (!names.empty() && std::ranges::find(mentions, names) == mentions.end())
      mentions.push_back(std::move(names));
  }
  return mentions;
}

}  // namespace wardroom::text
