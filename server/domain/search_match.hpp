#pragma once

#include "server/domain/search_query.hpp"

namespace wardroom::domain {

// A stretch of the original text, in bytes.
struct Mark {
  std::size_t begin = 0, end = 0;
};

// Where the term, one of text, stands in the text; in order, none over another.
std::vector<Mark> find_term(const SearchTerm& term, const text::FoldedText& text);

// Whether there is an address of the web in it.
bool has_link(std::string_view text);

}  // namespace wardroom::domain
