#include "client/views/matching.hpp"

#include <algorithm>

namespace wardroom::client::views {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool matches(std::string_view text, std::string_view query) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return std::search(text.begin(), text.end(), query.begin(), query.end(), same) != text.end() ||
         query.empty();
}

}  // namespace wardroom::client::views
