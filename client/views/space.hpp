#pragma once

namespace wardroom::client::views {

// What parts the words of a text that somebody writes.
constexpr bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t';
}

}  // namespace wardroom::client::views
