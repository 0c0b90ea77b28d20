#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/text/search_text.hpp"

// What somebody looks for, as they write it: words, "phrases", begin*, *part*, filters such as from:kim,
// minus for not, or between two. Anything else is text. Pure functions, any thread.
namespace wardroom::domain {

inline constexpr std::size_t kMaxSearchBytes = 1024;
inline constexpr std::size_t kMaxSearchTerms = 32;

// From `from` to before `to`.
struct TimeRange {
  std::optional<TimePoint> from, to;
};

struct SearchTerm {
  enum class Kind {
    words,  // these words, one after the other
    begin,  // the same, and the last one may go on
    part,   // anywhere, also within a word
    from,   // of a person
    in,     // of a room
    time,
    has_link,
    has_reaction,
    has_pin,
    has_file,
    has_image,
    is_direct,
    is_edited,
  };
  Kind kind = Kind::words;
  bool negated = false;
  std::string value;      // as written, for messages; the name of a person or room
  text::FoldedText text;  // of words, begin and part
  TimeRange range;        // of time

  bool is_text() const { return kind <= Kind::part; }
};

// A message fits when at least one term of each choice does.
using SearchChoice = std::vector<SearchTerm>;
struct SearchQuery {
  std::vector<SearchChoice> choices;
};

// Days are those of a clock that is `offset` ahead of UTC. Errors name params.query and say what to write.
Result<SearchQuery> parse_search(std::string_view query, std::chrono::minutes offset = {});

// What the index must have of a text that fits the term. Nothing: the index doesn't help with it.
std::vector<std::string> index_terms(const SearchTerm& term);

// Whether it is too short for the index to help.
bool is_too_short(const SearchTerm& term);

// The query with every word looked for within words as well; nothing when that finds nothing more.
std::optional<SearchQuery> within_words(const SearchQuery& query);

}  // namespace wardroom::domain
