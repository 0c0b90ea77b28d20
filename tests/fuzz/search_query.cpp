#include <algorithm>
#include <cstdlib>

#include "common/base/utf8.hpp"
#include "server/domain/search_match.hpp"

// Any text as a search, and any as a message: never a crash, marks that lie in the text, and a message that
// is found has every term that the index is asked for.

using namespace wardroom;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_term(const domain::SearchTerm& term, std::string_view message) {
  const auto asked = domain::index_terms(term);
  // Nothing that the index could read as syntax.
  for (const auto& one : asked) {
    require(!one.empty() && !one.starts_with("__"));
    require(one.find_first_of("\"*():^+-{}' ") == std::string::npos);
  }
  if (!term.is_text()) return;
  const auto marks = domain::find_term(term, text::fold_for_search(message));
  for (const auto& mark : marks) require(mark.begin < mark.end && mark.end <= message.size());
  if (marks.empty()) return;
  const auto held = text::search_terms(message);
  // Of a very long word not every part is in the index.
  if (message.size() > text::kLongestInParts) return;
  for (const auto& one : asked) require(std::binary_search(held.begin(), held.end(), one));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!is_valid_utf8(bytes)) return 0;
  const auto line = bytes.find('\n');
  const auto query = domain::parse_search(bytes.substr(0, line));
  if (!query) {
    require(query.error().field == "params.query" && !query.error().message.empty());
    return 0;
  }
  require(!query->choices.empty());
  const auto message = line == bytes.npos ? bytes : bytes.substr(line + 1);
  for (const auto& choice : query->choices) {
    require(!choice.empty());
    for (const auto& term : choice) check_term(term, message);
  }
  if (const auto wider = domain::within_words(*query))
    for (const auto& choice : wider->choices)
      for (const auto& term : choice) check_term(term, message);
  return 0;
}
