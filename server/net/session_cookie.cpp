#include "server/net/session_cookie.hpp"

#include <algorithm>

namespace wardroom::net {
namespace {

std::string_view without_blanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

void read_cookies(std::string_view line, SessionCookie& found) {
  while (!line.empty()) {
    const auto end = std::min(line.find(';'), line.size());
    const auto pair = without_blanks(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
    const auto equals = pair.find('=');
    // The case of the name counts: browsers guard the prefix as it is written.
    if (equals == std::string_view::npos || without_blanks(pair.substr(0, equals)) != kSessionCookie)
      continue;
    found.is_twice = found.is_there;
    found.is_there = true;
    found.token = without_blanks(pair.substr(equals + 1));
  }
}

}  // namespace wardroom::net
