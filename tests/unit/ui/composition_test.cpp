#include "common/ui/composition.hpp"

#include <GLFW/glfw3.h>
#include <catch2/catch.hpp>

using wardroom::ui::Composition;

namespace {

bool press(Composition& composition, int key, int mods = 0) {
  const bool taken = composition.takes(key, GLFW_PRESS, mods);
  CHECK_FALSE(composition.takes(key, GLFW_RELEASE, mods));
  return taken;
}

// A key whose character comes at once.
void type(Composition& composition, int key) {
  CHECK_FALSE(press(composition, key));
  composition.end();
}

}  // namespace

TEST_CASE("without an input method every key is the person's") {
  Composition composition;
  type(composition, GLFW_KEY_A);
  CHECK_FALSE(press(composition, GLFW_KEY_ENTER));
  type(composition, GLFW_KEY_B);
  CHECK_FALSE(press(composition, GLFW_KEY_BACKSPACE));
  CHECK_FALSE(press(composition, GLFW_KEY_C, GLFW_MOD_CONTROL));
  CHECK_FALSE(press(composition, GLFW_KEY_ENTER));
  CHECK_FALSE(press(composition, GLFW_KEY_KP_4));  // NumLock is off
  CHECK_FALSE(press(composition, GLFW_KEY_ENTER));
}

TEST_CASE("Enter that takes a candidate sends nothing, and the next one is the person's") {
  Composition composition;
  press(composition, GLFW_KEY_K);
  press(composition, GLFW_KEY_A);
  CHECK(press(composition, GLFW_KEY_DOWN));
  CHECK(press(composition, GLFW_KEY_ENTER));
  composition.end();  // the characters
  CHECK_FALSE(press(composition, GLFW_KEY_ENTER));
}

TEST_CASE("a composition that is given up leaves the keys to the person") {
  for (const int way : {GLFW_KEY_ESCAPE, GLFW_KEY_BACKSPACE, GLFW_KEY_ENTER}) {
    Composition composition;
    press(composition, GLFW_KEY_K);
    CHECK(press(composition, way));
    CHECK_FALSE(press(composition, GLFW_KEY_ENTER));
  }
  Composition composition;
  press(composition, GLFW_KEY_K);
  composition.end();  // by a click elsewhere
  CHECK_FALSE(press(composition, GLFW_KEY_BACKSPACE));
}

TEST_CASE("after a dead key, Backspace takes it back and nothing else") {
  Composition composition;
  press(composition, GLFW_KEY_GRAVE_ACCENT);
  CHECK(press(composition, GLFW_KEY_BACKSPACE));
  CHECK_FALSE(press(composition, GLFW_KEY_BACKSPACE));
  press(composition, GLFW_KEY_GRAVE_ACCENT);
  press(composition, GLFW_KEY_E);
  composition.end();
  CHECK_FALSE(press(composition, GLFW_KEY_BACKSPACE));
}
