#include "client/model/length_words.hpp"

#include <charconv>

#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
// Longer than anybody means; keeps the product within 64 bits.
constexpr std::int64_t kMost = 10'000;

std::int64_t unit_of(std::string_view letter) {
  if (letter.empty() || letter == "s") return 1;
  if (letter == "m" || letter == "min") return kMinute;
  if (letter == "h") return kHour;
  if (letter == "d") return kDay;
  if (letter == "w") return 7 * kDay;
  return 0;
}

}  // namespace

std::string length_words(std::int64_t seconds) {
  if (seconds <= 0) return {};
  if (seconds % kDay == 0) return tr_count(seconds / kDay, "{0} day", "{0} days");
  if (seconds % kHour == 0) return std::to_string(seconds / kHour) + " h";
  if (seconds % kMinute == 0) return tr("{0} min", std::to_string(seconds / kMinute));
  return std::to_string(seconds) + " s";
}

std::optional<std::int64_t> parse_length(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 1 || number > kMost) return std::nullopt;
  const auto unit = unit_of(text.substr(static_cast<std::size_t>(end - text.data())));
  if (unit == 0) return std::nullopt;
  return number * unit;
}

}  // namespace wardroom::client
