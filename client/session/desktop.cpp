#include "client/session/desktop.hpp"

#include <string>

namespace wardroom::client {

bool may_open(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == std::string_view::npos) return false;
  std::string scheme;
  for (const char c : url.substr(0, colon))
    scheme.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  if (scheme != "http" && scheme != "https" && scheme != "mailto") return false;
  // Controls and spaces have no place in a URL, and could mean something to whoever opens it.
  for (const char c : url)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return false;
  return true;
}

}  // namespace wardroom::client
