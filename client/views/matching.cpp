#include "client/views/matching.hpp"

#include <algorithm>

#include "common/text/search_text.hpp"

namespace wardroom::client::views {

Typed::Typed(std::string_view query) : folded_(text::folded_for_search(query)) {}

std::size_t Typed::find_in(std::string_view name) const {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!std::ranges::all_of(name, is_ascii)) return text::folded_for_search(name).find(folded_);
  // Most names are, of thousands that a list holds, and need no copy.
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  const auto found = std::search(name.begin(), name.end(), folded_.begin(), folded_.end(), same);
  if (found == name.end() && !folded_.empty()) return std::string::npos;
  return static_cast<std::size_t>(found - name.begin());
}

}  // namespace wardroom::client::views
