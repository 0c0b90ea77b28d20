#include "server/domain/search_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace wardroom::domain {
namespace {

using Kind = SearchTerm::Kind;
using std::chrono::year_month_day;

constexpr std::size_t kLongestTerm = 256;  // signs: longer ones take long to compare

Error query_error(std::string message) {
  return params_error("params.query", std::move(message));
}

// One piece between white space; what stands in quotes is kept together.
struct Piece {
  std::string text;
  bool quoted = false;   // the whole of it, or the value behind the colon
  std::size_t key = 0;   // length of what stands before the first colon outside quotes; 0: no colon
  bool negated = false;  // minus in front
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Piece take_piece(std::string_view query, std::size_t& at) {
  Piece piece;
  if (query[at] == '-' && at + 1 < query.size() && !is_space(query[at + 1])) {
    piece.negated = true;
    ++at;
  }
  bool open = false;
  for (; at < query.size() && (open || !is_space(query[at])); ++at) {
    const char c = query[at];
    if (c == '"' && (open || piece.text.empty() || (piece.key && piece.text.size() == piece.key + 1))) {
      open = !open;
      piece.quoted = true;
      if (!open) {
        ++at;
        break;
      }
      continue;
    }
    if (c == ':' && !open && piece.key == 0) piece.key = piece.text.size();
    piece.text.push_back(c);
  }
  return piece;
}

std::optional<int> to_number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return value;
}

// A year, a month or a day: 2026, 2026-03, 2026-03-09.
std::optional<TimeRange> parse_day(std::string_view value, std::chrono::minutes offset) {
  using namespace std::chrono;
  std::array<int, 3> parts{0, 1, 1};
  std::size_t count = 0;
  for (std::string_view rest = value;; ++count) {
    if (count == parts.size()) return std::nullopt;
    const auto dash = rest.find('-');
    const auto digits = rest.substr(0, dash);
    const auto number = digits.size() == (count == 0 ? 4 : 2) ? to_number(digits) : std::nullopt;
    if (!number) return std::nullopt;
    parts[count] = *number;
    if (dash == std::string_view::npos) break;
    rest.remove_prefix(dash + 1);
  }
  const year_month_day first{year{parts[0]}, month{static_cast<unsigned>(parts[1])},
                             day{static_cast<unsigned>(parts[2])}};
  if (!first.ok() || parts[0] < 1970) return std::nullopt;
  const auto at = [&](const year_month_day& day_of) {
    return from_unix_ms(duration_cast<milliseconds>((sys_days{day_of} - offset).time_since_epoch()).count());
  };
  const year_month_day last = count == 0   ? first + years{1}
                              : count == 1 ? first + months{1}
                                           : year_month_day{sys_days{first} + days{1}};
  return TimeRange{at(first), at(last)};
}

Result<SearchTerm> parse_time(SearchTerm term, std::string_view key, std::chrono::minutes offset) {
  const auto day = parse_day(term.value, offset);
  if (!day)
    return query_error("Behind " + std::string(key) +
                       ": stands a day, a month or a year: " + std::string(key) + ":2026-03-09, " +
                       std::string(key) + ":2026-03 or " + std::string(key) + ":2026.");
  term.kind = Kind::time;
  if (key == "on") term.range = *day;
  if (key == "before") term.range.to = day->from;
  if (key == "after") term.range.from = day->to;
  return term;
}

struct Choice {
  std::string_view value;
  Kind kind;
};

Result<SearchTerm> choose(SearchTerm term, std::string_view key, std::initializer_list<Choice> choices) {
  std::string known;
  for (const auto& [value, kind] : choices) {
    known += (known.empty() ? "" : ", ") + std::string(key) + ":" + std::string(value);
    if (value != term.value) continue;
    term.kind = kind;
    return term;
  }
  return query_error("There is no " + std::string(key) + ":" + term.value + ". There are " + known + ".");
}

bool is_filter(std::string_view key) {
  static constexpr std::string_view kKeys[] = {"from", "in", "before", "after", "on", "has", "is"};
  return std::ranges::find(kKeys, key) != std::end(kKeys);
}

Result<SearchTerm> parse_filter(const Piece& piece, std::chrono::minutes offset) {
  const std::string key = piece.text.substr(0, piece.key);
  SearchTerm term;
  term.negated = piece.negated;
  term.value = piece.text.substr(piece.key + 1);
  if (term.value.empty())
    return query_error("Behind " + key + ": something is missing. To look for the text, write \"" + key +
                       ":\".");
  if (key == "has")
    return choose(std::move(term), key,
                  {{"file", Kind::has_file},
                   {"image", Kind::has_image},
                   {"link", Kind::has_link},
                   {"reaction", Kind::has_reaction},
                   {"pin", Kind::has_pin}});
  if (key == "is")
    return choose(std::move(term), key, {{"direct", Kind::is_direct}, {"edited", Kind::is_edited}});
  if (key != "from" && key != "in") return parse_time(std::move(term), key, offset);
  term.kind = key == "from" ? Kind::from : Kind::in;
  const char mark = key == "from" ? '@' : '#';
  if (term.value.size() > 1 && term.value.front() == mark) term.value.erase(0, 1);
  return term;
}

bool has_dense_word(const text::FoldedText& text) {
  return std::ranges::any_of(text.words, [](const auto& word) { return word.dense; });
}

// Nothing: there is no letter or digit in it.
Result<std::optional<SearchTerm>> parse_text(const Piece& piece) {
  SearchTerm term;
  term.negated = piece.negated;
  term.value = piece.text;
  std::string_view text = piece.text;
  if (!piece.quoted) {
    if (text.size() > 1 && text.ends_with('*')) {
      term.kind = Kind::begin;
      text.remove_suffix(1);
    }
    if (text.size() > 1 && text.starts_with('*')) {
      term.kind = Kind::part;
      text.remove_prefix(1);
    }
  }
  term.text = text::fold_for_search(text);
  if (term.text.words.empty()) return std::optional<SearchTerm>();
  if (term.text.signs.size() > kLongestTerm)
    return query_error("One of the words is too long. Look for a part of it, of " +
                       std::to_string(kLongestTerm) + " letters at most.");
  if (has_dense_word(term.text)) term.kind = Kind::part;
  return std::optional(std::move(term));
}

Result<std::optional<SearchTerm>> parse_piece(const Piece& piece, std::chrono::minutes offset) {
  if (!piece.key || !is_filter(std::string_view(piece.text).substr(0, piece.key))) return parse_text(piece);
  auto filter = parse_filter(piece, offset);
  if (!filter) return filter.error();
  return std::optional(std::move(*filter));
}

}  // namespace

Result<SearchQuery> parse_search(std::string_view query, std::chrono::minutes offset) {
  if (query.size() > kMaxSearchBytes)
    return query_error("That is too long for a search: " + std::to_string(query.size()) +
                       " bytes, where there may be " + std::to_string(kMaxSearchBytes) + ".");
  SearchQuery parsed;
  std::size_t terms = 0;
  bool joins = false;  // "or" stood before
  for (std::size_t at = 0; at < query.size();) {
    if (is_space(query[at])) {
      ++at;
      continue;
    }
    const Piece piece = take_piece(query, at);
    const bool is_or = !piece.quoted && !piece.negated && (piece.text == "or" || piece.text == "OR");
    if (is_or && !parsed.choices.empty() && at < query.size()) {
      joins = true;
      continue;
    }
    auto term = parse_piece(piece, offset);
    if (!term) return term.error();
    if (!*term) continue;
    if (++terms > kMaxSearchTerms)
      return query_error("These are too many words and filters: there may be " +
                         std::to_string(kMaxSearchTerms) + ".");
    if (!joins) parsed.choices.emplace_back();
    parsed.choices.back().push_back(std::move(**term));
    joins = false;
  }
  if (parsed.choices.empty()) return query_error("Write a word to look for, or a filter such as from:kim.");
  return parsed;
}

std::vector<std::string> index_terms(const SearchTerm& term) {
  switch (term.kind) {
    case Kind::words:
      return text::terms_of_part(term.text, true, true);
    case Kind::begin:
      return text::terms_of_part(term.text, true, false);
    case Kind::part:
      return text::terms_of_part(term.text, false, false);
    default:
      return {};
  }
}

bool is_too_short(const SearchTerm& term) {
  return term.is_text() && !term.negated && index_terms(term).empty();
}

std::optional<SearchQuery> within_words(const SearchQuery& query) {
  SearchQuery wider = query;
  bool any = false;
  for (auto& choice : wider.choices)
    for (auto& term : choice) {
      if (term.kind != Kind::words && term.kind != Kind::begin) continue;
      if (term.negated) continue;
      SearchTerm part = term;
      part.kind = Kind::part;
      if (is_too_short(part)) continue;
      term = std::move(part);
      any = true;
    }
  return any ? std::optional(std::move(wider)) : std::nullopt;
}

}  // namespace wardroom::domain
