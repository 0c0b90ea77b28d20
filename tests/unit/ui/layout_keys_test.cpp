#include "common/ui/layout_keys.hpp"

#include <GLFW/glfw3.h>
#include <catch2/catch.hpp>

using wardroom::ui::LayoutKeys;

TEST_CASE("a key is the letter that the person's layout writes with it") {
  LayoutKeys keys;
  CHECK(keys.pressed(GLFW_KEY_Y, 29, "z") == GLFW_KEY_Z);          // German
  CHECK(keys.pressed(GLFW_KEY_Q, 24, "a") == GLFW_KEY_A);          // French
  CHECK(keys.pressed(GLFW_KEY_SEMICOLON, 47, "m") == GLFW_KEY_M);  // French
  CHECK(keys.pressed(GLFW_KEY_M, 58, ",") == GLFW_KEY_COMMA);      // French
  CHECK(keys.pressed(GLFW_KEY_1, 10, "&") == GLFW_KEY_1);          // French
}

TEST_CASE("a layout without Latin letters keeps the places, and so do keys that write nothing") {
  LayoutKeys keys;
  CHECK(keys.pressed(GLFW_KEY_Z, 52, "я") == GLFW_KEY_Z);
  CHECK(keys.pressed(GLFW_KEY_ESCAPE, 9, nullptr) == GLFW_KEY_ESCAPE);
  CHECK(keys.pressed(GLFW_KEY_KP_1, 87, "1") == GLFW_KEY_KP_1);
}

TEST_CASE("a key that is held while the layout changes is released as what it was pressed as") {
  LayoutKeys keys;
  CHECK(keys.pressed(GLFW_KEY_Y, 29, "z") == GLFW_KEY_Z);
  CHECK(keys.released(GLFW_KEY_Y, 29) == GLFW_KEY_Z);
  CHECK(keys.released(GLFW_KEY_Y, 29) == GLFW_KEY_Y);
}
