#include "server/files/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace wardroom::files {
namespace {

// A number of any length: over what fits it is the greatest that does.
std::optional<std::int64_t> parse_position(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc::result_out_of_range ? INT64_MAX : number;
}

}  // namespace

RangeAsked parse_range(std::string_view line, std::int64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  using Kind = RangeAsked::Kind;
  if (!line.starts_with(kUnit) || line.find(',') != std::string_view::npos) return {};
  line.remove_prefix(kUnit.size());
  const auto dash = line.find('-');
  if (dash == std::string_view::npos) return {};
  const auto first = parse_position(line.substr(0, dash));
  const auto last = parse_position(line.substr(dash + 1));
  if (dash == 0) {  // so many from the end
    if (!last) return {};
    const std::int64_t length = std::min(*last, size);
    if (length == 0) return {Kind::none_there, {}};
    return {Kind::part, {size - length, length}};
  }
  if (!first || (!last && dash + 1 != line.size()) || (last && *last < *first)) return {};
  if (*first >= size) return {Kind::none_there, {}};
  const std::int64_t end = last && *last < size ? *last + 1 : size;
  return {Kind::part, {*first, end - *first}};
}

}  // namespace wardroom::files
