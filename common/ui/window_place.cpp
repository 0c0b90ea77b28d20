#include "common/ui/window_place.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace wardroom::ui {
namespace {

// Far more than any desktop has; keeps the sums below within an int.
constexpr int kFurthest = 100'000;

std::int64_t overlap_of(const WindowPlace& place, const ScreenArea& screen) {
  const int width = std::min(place.x + place.width, screen.x + screen.width) - std::max(place.x, screen.x);
  const int height = std::min(place.y + place.height, screen.y + screen.height) - std::max(place.y, screen.y);
  return width > 0 && height > 0 ? std::int64_t{width} * height : 0;
}

}  // namespace

std::string to_text(const WindowPlace& place) {
  return std::to_string(place.x) + ' ' + std::to_string(place.y) + ' ' + std::to_string(place.width) + ' ' +
         std::to_string(place.height) + ' ' + (place.maximised ? '1' : '0') + '\n';
}

std::optional<WindowPlace> parse_window_place(std::string_view text) {
  std::array<int, 5> numbers{};
  for (int& number : numbers) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < -kFurthest || number > kFurthest) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  const auto [x, y, width, height, maximised] = numbers;
  if (width < 1 || height < 1) return std::nullopt;
  return WindowPlace{x, y, width, height, maximised != 0};
}

WindowPlace keep_on_screens(WindowPlace place, std::span<const ScreenArea> screens) {
  if (screens.empty()) return place;
  const ScreenArea& screen = *std::max_element(
      screens.begin(), screens.end(),
      [&](const ScreenArea& a, const ScreenArea& b) { return overlap_of(place, a) < overlap_of(place, b); });
  place.width = std::min(place.width, screen.width);
  place.height = std::min(place.height, screen.height);
  place.x = std::clamp(place.x, screen.x, screen.x + screen.width - place.width);
  place.y = std::clamp(place.y, screen.y, screen.y + screen.height - place.height);
  return place;
}

}  // namespace wardroom::ui
