#pragma once

#include <string_view>

namespace wardroom::client::views {

// Whether the text contains the query, ASCII letters in either case. An empty query matches everything.
bool matches(std::string_view text, std::string_view query);

}  // namespace wardroom::client::views
