#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/text/search_text.hpp"
#include "protocol/methods/search.hpp"

namespace wardroom::client {

// What a search looks for without a connection: each word, and what stands in quotes, anywhere in a message's
// text or in the name of a file of it, whatever case and accents. Filters, and what is excluded, are the
// server's to judge and left out. A value; any thread.
class CachedWords {
 public:
  explicit CachedWords(std::string_view query);

  // There is nothing to look for.
  bool empty() const { return words_.empty(); }
  // Nothing: it doesn't fit, or isn't shown any more. Else where in the text, in order; none for what only a
  // file's name has.
  std::optional<std::vector<protocol::SearchMark>> fit(const protocol::Message& message) const;

 private:
  std::vector<text::FoldedText> words_;
};

}  // namespace wardroom::client
