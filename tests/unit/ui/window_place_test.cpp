#include "common/ui/window_place.hpp"

#include <array>

#include <catch2/catch.hpp>

using namespace wardroom::ui;

TEST_CASE("a window's place is read as it was written, and what isn't one is nothing") {
  for (const WindowPlace& place : {WindowPlace{-20, 40, 1280, 800, false}, WindowPlace{0, 0, 720, 480, true}})
    CHECK(parse_window_place(to_text(place)) == place);
  for (const char* text :
       {"", "1 2 3", "1 2 0 4 0", "1 2 -3 4 0", "a b c d e", "1 2 3 4", "9999999999 0 1 1 0"}) {
    INFO(text);
    CHECK_FALSE(parse_window_place(text));
  }
}

TEST_CASE("a window stands wholly on a screen, also when the one where it stood is gone") {
  constexpr std::array<ScreenArea, 2> kTwo{{{0, 0, 1920, 1080}, {1920, 0, 1280, 1024}}};
  constexpr std::array<ScreenArea, 1> kOne{{{0, 27, 1366, 741}}};
  const WindowPlace right{2000, 100, 1000, 700, false};
  CHECK(keep_on_screens(right, kTwo) == right);
  CHECK(keep_on_screens(right, kOne) == WindowPlace{366, 68, 1000, 700, false});
  CHECK(keep_on_screens({-300, -300, 3000, 3000, true}, kOne) == WindowPlace{0, 27, 1366, 741, true});
  CHECK(keep_on_screens(right, {}) == right);
}
