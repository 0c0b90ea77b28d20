#include "admin/model/list_order.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "common/text/search_text.hpp"

namespace wardroom::admin {

OrderKey words_key(const std::string& words) {
  return {text::folded_for_search(words)};
}

OrderKey time_key(const std::optional<TimePoint>& at) {
  return {"", at ? to_unix_ms(*at) : 0};
}

OrderKey value_key(const std::string& value) {
  std::int64_t number = 0;
  const auto [after, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (failed == std::errc{} && after == value.data() + value.size()) return {"", number};
  return words_key(value);
}

OrderKey address_key(const std::string& address) {
  std::int64_t number = 0;
  const char* at = address.data();
  const char* const end = at + address.size();
  for (int part = 0; part < 4; ++part) {
    std::uint8_t octet = 0;
    const auto [after, failed] = std::from_chars(at, end, octet);
    if (failed != std::errc{} || (part < 3 ? after == end || *after != '.' : after != end)) return {address};
    number = number * 256 + octet;
    at = after + 1;
  }
  return {"", number};
}

std::vector<std::size_t> places_by(const std::vector<OrderKey>& keys, bool descending) {
  std::vector<std::size_t> places(keys.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const OrderKey& first = keys[descending ? b : a];
    const OrderKey& second = keys[descending ? a : b];
    if (const auto order = first.text.compare(second.text); order != 0) return order < 0;
    return first.number < second.number;
  });
  return places;
}

}  // namespace wardroom::admin
