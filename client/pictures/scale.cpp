#include "client/pictures/scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace wardroom::client::pictures {
namespace {

constexpr std::size_t kChannels = 4;

std::size_t offset_of(const Pixels& picture, int x, int y) {
  return (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
          static_cast<std::size_t>(x)) *
         kChannels;
}

Pixels blank(int width, int height) {
  return {width, height,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                    kChannels)};
}

// The mean of [x0, x1) × [y0, y1).
void average(const Pixels& from, int x0, int x1, int y0, int y1, std::uint8_t* to) {
  std::array<std::uint64_t, 3> colour{};
  std::uint64_t opaque = 0, count = 0;
  for (int y = y0; y < y1; ++y) {
    const std::uint8_t* at = from.rgba.data() + offset_of(from, x0, y);
    for (int x = x0; x < x1; ++x, at += kChannels) {
      for (std::size_t i = 0; i < 3; ++i) colour[i] += std::uint64_t{at[i]} * at[3];
      opaque += at[3];
      ++count;
    }
  }
  for (std::size_t i = 0; i < 3; ++i)
    to[i] = static_cast<std::uint8_t>(opaque == 0 ? 0 : (colour[i] + opaque / 2) / opaque);
  to[3] = static_cast<std::uint8_t>(count == 0 ? 0 : (opaque + count / 2) / count);
}

}  // namespace

Pixels fit_into(Pixels picture, Box box) {
  if (picture.width <= 0 || picture.height <= 0 || box.width <= 0 || box.height <= 0) return picture;
  const double factor = std::min({1.0, static_cast<double>(box.width) / picture.width,
                                  static_cast<double>(box.height) / picture.height});
  if (factor >= 1.0) return picture;
  const auto shrunk = [&](int side, int most) {
    return std::clamp(static_cast<int>(std::lround(side * factor)), 1, most);
  };
  Pixels small = blank(shrunk(picture.width, box.width), shrunk(picture.height, box.height));
  const auto edge = [](int at, int whole, int parts) {
    return static_cast<int>(static_cast<std::int64_t>(at) * whole / parts);
  };
  for (int y = 0; y < small.height; ++y) {
    const int y0 = edge(y, picture.height, small.height), y1 = edge(y + 1, picture.height, small.height);
    for (int x = 0; x < small.width; ++x)
      average(picture, edge(x, picture.width, small.width), edge(x + 1, picture.width, small.width), y0, y1,
              small.rgba.data() + offset_of(small, x, y));
  }
  return small;
}

Pixels turn_upright(Pixels picture, int orientation) {
  if (orientation < 2 || orientation > 8) return picture;
  const bool sideways = orientation >= 5;
  Pixels upright = sideways ? blank(picture.height, picture.width) : blank(picture.width, picture.height);
  const int right = picture.width - 1, bottom = picture.height - 1;
  for (int y = 0; y < upright.height; ++y)
    for (int x = 0; x < upright.width; ++x) {
      // Where this pixel is in what the camera wrote.
      std::pair<int, int> from{x, y};
      switch (orientation) {
        case 2:
          from = {right - x, y};
          break;
        case 3:
          from = {right - x, bottom - y};
          break;
        case 4:
          from = {x, bottom - y};
          break;
        case 5:
          from = {y, x};
          break;
        case 6:
          from = {y, bottom - x};
          break;
        case 7:
          from = {right - y, bottom - x};
          break;
        default:
          from = {right - y, x};
          break;
      }
      const auto* at = picture.rgba.data() + offset_of(picture, from.first, from.second);
      std::copy(at, at + kChannels, upright.rgba.data() + offset_of(upright, x, y));
    }
  return upright;
}

}  // namespace wardroom::client::pictures
