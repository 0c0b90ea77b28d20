#include "client/views/emoji_search.hpp"

#include <algorithm>
#include <array>

#include "client/views/emoji_names.hpp"
#include "common/text/search_text.hpp"

namespace wardroom::client::views {
namespace {

bool is_word_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Lower case without accents; what isn't a letter or a digit is a space.
std::string plain_words(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string plain = ascii ? std::string{text} : text::folded_for_search(text);
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (static_cast<unsigned char>(c) < 0x80 && !is_word_sign(c)) c = ' ';
  }
  return plain;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string plain = plain_words(text);
  for (std::size_t at = 0; (at = plain.find_first_not_of(' ', at)) != std::string::npos;) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    words.push_back(plain.substr(at, end - at));
    at = end;
  }
  return words;
}

bool begins_a_word(std::string_view plain, std::string_view word) {
  for (std::size_t at = plain.find(word); at != std::string_view::npos; at = plain.find(word, at + 1))
    if (at == 0 || !is_word_sign(plain[at - 1])) return true;
  return false;
}

bool has_all(std::string_view plain, const std::vector<std::string>& words) {
  return std::ranges::all_of(words, [&](const std::string& word) { return begins_a_word(plain, word); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "_") + word;
  return out;
}

// What the names between colons have of the query: which emoji, and how good a hit it is.
struct ShortNameHit {
  std::string_view emoji;
  std::size_t rank = 0;
};

constexpr std::size_t kExact = 0, kBegins = 1, kNameBegins = 2, kHasWords = 3, kRanks = 4;

std::vector<ShortNameHit> find_short_names(const std::vector<std::string>& words, std::string_view query) {
  std::vector<ShortNameHit> hits;
  for (const EmojiName& entry : emoji_names()) {
    if (entry.name == query)
      hits.push_back({entry.emoji, kExact});
    else if (!query.empty() && entry.name.starts_with(query))
      hits.push_back({entry.emoji, kBegins});
    else if (!words.empty() && has_all(plain_words(entry.name), words))
      hits.push_back({entry.emoji, kHasWords});
  }
  return hits;
}

}  // namespace

std::vector<const Emoji*> find_emoji(std::string_view query) {
  // "+1" and "-1" have no word that says them.
  while (query.starts_with(':')) query.remove_prefix(1);
  while (query.ends_with(':')) query.remove_suffix(1);
  const std::vector<std::string> words = words_of(query);
  const bool signs = query == "+1" || query == "-1";
  const std::string name = signs ? std::string{query} : joined(words);
  std::array<std::vector<const Emoji*>, kRanks> by_rank;
  if (words.empty() && query.find_first_not_of(' ') != std::string_view::npos) return {};
  const std::vector<ShortNameHit> hits = find_short_names(signs ? std::vector<std::string>{} : words, name);
  for (const Emoji& emoji : emoji_list()) {
    std::size_t rank = kRanks;
    for (const ShortNameHit& hit : hits)
      if (hit.emoji == emoji.text) rank = std::min(rank, hit.rank);
    if (rank > kNameBegins && !signs) {
      const std::string plain = plain_words(emoji.name);
      if (!words.empty() && plain.starts_with(words[0]) && has_all(plain, words))
        rank = kNameBegins;
      else if (has_all(plain + " " + std::string{emoji.subgroup}, words))
        rank = kHasWords;
    }
    if (rank < kRanks) by_rank[rank].push_back(&emoji);
  }
  std::vector<const Emoji*> found;
  for (const auto& of_rank : by_rank) found.insert(found.end(), of_rank.begin(), of_rank.end());
  return found;
}

std::string short_name_of(const Emoji& emoji) {
  for (const EmojiName& entry : emoji_names())
    if (entry.emoji == emoji.text) return std::string{entry.name};
  return joined(words_of(emoji.name));
}

const Emoji* find_by_short_name(std::string_view name) {
  if (name.empty()) return nullptr;
  for (const EmojiName& entry : emoji_names())
    if (entry.name == name) return find_in_list(entry.emoji);
  for (const Emoji& emoji : emoji_list())
    if (joined(words_of(emoji.name)) == name) return &emoji;
  return nullptr;
}

std::optional<TypedEmoji> find_typed_emoji(std::string_view text, std::size_t cursor) {
  if (cursor < 3 || cursor > text.size() || text[cursor - 1] != ':') return std::nullopt;
  std::size_t begin = cursor - 1;
  while (begin > 0 && (is_word_sign(text[begin - 1]) || text[begin - 1] == '_' || text[begin - 1] == '+' ||
                       text[begin - 1] == '-'))
    --begin;
  if (begin == 0 || text[begin - 1] != ':') return std::nullopt;
  const std::string_view name = text.substr(begin, cursor - 1 - begin);
  --begin;
  // "1:100:" is a ratio.
  if (begin > 0 && (is_word_sign(text[begin - 1]) || text[begin - 1] == ':' || text[begin - 1] == '/'))
    return std::nullopt;
  if (std::ranges::count(text.substr(0, begin), '`') % 2 != 0) return std::nullopt;
  const Emoji* emoji = find_by_short_name(name);
  if (!emoji) return std::nullopt;
  return TypedEmoji{begin, emoji};
}

}  // namespace wardroom::client::views
