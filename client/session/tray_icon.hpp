#pragma once

#include <cstdint>
#include <vector>

namespace wardroom::client {

// A picture of `size` by `size` points, row by row from the top: alpha, red, green, blue.
struct TrayIcon {
  int size = 0;
  std::vector<std::uint8_t> argb;
};

// The program's own sign; with a count that isn't 0 in its place: "7", and "99+" from 100 on.
TrayIcon draw_tray_icon(std::uint32_t count, int size);

}  // namespace wardroom::client
