#include "common/ui/composition.hpp"

#include <GLFW/glfw3.h>

namespace wardroom::ui {
namespace {

// What input methods use to move within a syllable, to choose and to give up.
bool steers(int key) {
  switch (key) {
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
    case GLFW_KEY_ESCAPE:
    case GLFW_KEY_BACKSPACE:
    case GLFW_KEY_DELETE:
    case GLFW_KEY_TAB:
    case GLFW_KEY_LEFT:
    case GLFW_KEY_RIGHT:
    case GLFW_KEY_UP:
    case GLFW_KEY_DOWN:
    case GLFW_KEY_HOME:
    case GLFW_KEY_END:
    case GLFW_KEY_PAGE_UP:
    case GLFW_KEY_PAGE_DOWN:
      return true;
    default:
      return false;
  }
}

// The keys that write on any keyboard. Not the keypad's: with NumLock off they write nothing.
bool may_compose(int key, int mods) {
  return key >= GLFW_KEY_APOSTROPHE && key <= GLFW_KEY_WORLD_2 &&
         (mods & (GLFW_MOD_CONTROL | GLFW_MOD_ALT | GLFW_MOD_SUPER)) == 0;
}

}  // namespace

bool Composition::takes(int key, int action, int mods) {
  if (action == GLFW_RELEASE) return false;
  if (awaits_character_) ++composed_;
  awaits_character_ = may_compose(key, mods);
  if (composed_ == 0 || !steers(key)) return false;
  // These end it also where nothing is written; a key of the person is never taken twice for nothing.
  if (key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER || key == GLFW_KEY_ESCAPE) composed_ = 0;
  if (key == GLFW_KEY_BACKSPACE) --composed_;
  return true;
}

void Composition::end() {
  awaits_character_ = false;
  composed_ = 0;
}

}  // namespace wardroom::ui
