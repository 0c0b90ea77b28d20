#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wardroom::client::pictures {

// Four bytes a pixel, red first, not multiplied with the last, which is how opaque it is; upper row first.
// One that moves has its frames one behind the other.
struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;
  std::vector<int> delays_ms{};  // how long each frame is shown; none: it doesn't move

  std::size_t frames() const { return delays_ms.empty() ? 1 : delays_ms.size(); }
};

// Into which a picture is made to fit. Smaller ones stay as they are.
struct Box {
  int width = 0;
  int height = 0;
};

}  // namespace wardroom::client::pictures
