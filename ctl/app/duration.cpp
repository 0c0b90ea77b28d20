#include "ctl/app/duration.hpp"

#include <charconv>

namespace wardroom::ctl {

std::optional<std::chrono::seconds> parse_duration(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number <= 0 || number > 1'000'000 || end + 1 != text.data() + text.size())
    return std::nullopt;
  switch (*end) {
    case 's':
      return std::chrono::seconds{number};
    case 'm':
      return std::chrono::minutes{number};
    case 'h':
      return std::chrono::hours{number};
    case 'd':
      return std::chrono::days{number};
    default:
      return std::nullopt;
  }
}

std::string check_duration(const std::string& text) {
  return parse_duration(text) ? "" : "write a duration like 30m, 24h or 7d";
}

}  // namespace wardroom::ctl
