#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wardroom::ui {

// Where a window stands on the desktop, in the desktop's own units.
struct WindowPlace {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool maximised = false;
  friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};

// As one line of a file, and back. Nothing: it isn't one.
std::string to_text(const WindowPlace& place);
std::optional<WindowPlace> parse_window_place(std::string_view text);

// The part of a screen that windows may cover.
struct ScreenArea {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

// Wholly on the screen that it overlaps most, or on the first one: the screen where it stood may be gone.
WindowPlace keep_on_screens(WindowPlace place, std::span<const ScreenArea> screens);

}  // namespace wardroom::ui
