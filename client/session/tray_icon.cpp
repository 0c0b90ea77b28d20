#include "client/session/tray_icon.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace wardroom::client {
namespace {

struct Ink {
  std::uint8_t red, green, blue;
};
constexpr Ink kSignBack{0x25, 0x63, 0xC9};
constexpr Ink kCountBack{0xC0, 0x38, 0x2F};
constexpr Ink kWhite{0xFF, 0xFF, 0xFF};

// Five rows of three points; small enough to be read in a tray of 22 points. W and + besides the digits.
struct Letter {
  char sign;
  std::array<std::string_view, 5> rows;
};
constexpr std::array<Letter, 12> kLetters{{
    {'0', {"###", "#.#", "#.#", "#.#", "###"}},
    {'1', {".#.", "##.", ".#.", ".#.", "###"}},
    {'2', {"###", "..#", "###", "#..", "###"}},
    {'3', {"###", "..#", ".##", "..#", "###"}},
    {'4', {"#.#", "#.#", "###", "..#", "..#"}},
    {'5', {"###", "#..", "###", "..#", "###"}},
    {'6', {"###", "#..", "###", "#.#", "###"}},
    {'7', {"###", "..#", ".#.", ".#.", ".#."}},
    {'8', {"###", "#.#", "###", "#.#", "###"}},
    {'9', {"###", "#.#", "###", "..#", "###"}},
    {'+', {"...", ".#.", "###", ".#.", "..."}},
    {'W', {"#.#", "#.#", "#.#", "###", "#.#"}},
}};

void put_point(TrayIcon& icon, int x, int y, const Ink& ink) {
  if (x < 0 || y < 0 || x >= icon.size || y >= icon.size) return;
  const auto at = static_cast<std::size_t>(y * icon.size + x) * 4;
  icon.argb[at] = 0xFF;
  icon.argb[at + 1] = ink.red;
  icon.argb[at + 2] = ink.green;
  icon.argb[at + 3] = ink.blue;
}

// A square with round corners over all of it.
void paint_back(TrayIcon& icon, const Ink& ink) {
  const int radius = icon.size / 4, last = icon.size - 1 - radius;
  for (int y = 0; y < icon.size; ++y)
    for (int x = 0; x < icon.size; ++x) {
      const int dx = x < radius ? radius - x : x > last ? x - last : 0;
      const int dy = y < radius ? radius - y : y > last ? y - last : 0;
      if (dx * dx + dy * dy <= radius * radius) put_point(icon, x, y, ink);
    }
}

void write_words(TrayIcon& icon, std::string_view words) {
  const int columns = static_cast<int>(words.size()) * 4 - 1;
  const int scale = std::max(1, std::min((icon.size - 2) / columns, (icon.size - 4) / 5));
  int x0 = (icon.size - columns * scale) / 2;
  const int y0 = (icon.size - 5 * scale) / 2;
  for (const char sign : words) {
    const auto letter = std::ranges::find(kLetters, sign, &Letter::sign);
    if (letter == kLetters.end()) continue;
    for (int row = 0; row < 5 * scale; ++row)
      for (int column = 0; column < 3 * scale; ++column)
        if (letter->rows[static_cast<std::size_t>(row / scale)][static_cast<std::size_t>(column / scale)] ==
            '#')
          put_point(icon, x0 + column, y0 + row, kWhite);
    x0 += 4 * scale;
  }
}

}  // namespace

TrayIcon draw_tray_icon(std::uint32_t count, int size) {
  TrayIcon icon{size, {}};
  icon.argb.assign(static_cast<std::size_t>(size * size) * 4, 0);
  paint_back(icon, count > 0 ? kCountBack : kSignBack);
  write_words(icon, count == 0 ? "W" : count > 99 ? "99+" : std::to_string(count));
  return icon;
}

}  // namespace wardroom::client
