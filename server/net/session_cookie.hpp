#pragma once

#include <string_view>

namespace wardroom::net {

// In which a browser keeps the token of its session: no script can read it, and only this host can have set
// it (RFC 6265, with the prefix of its successor).
inline constexpr std::string_view kSessionCookie = "__Host-wardroom";

struct SessionCookie {
  std::string_view token;  // as sent, whatever it is; empty: none
  bool is_there = false;
  bool is_twice = false;  // no browser sends that
};

// Adds what one Cookie line has of it.
void read_cookies(std::string_view line, SessionCookie& found);

}  // namespace wardroom::net
