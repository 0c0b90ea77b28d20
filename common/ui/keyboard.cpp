#include "common/ui/keyboard.hpp"

#include <utility>

#include <GLFW/glfw3.h>

namespace wardroom::ui {
namespace {

bool moves(const Keyboard::Key& key) {
  return key.action != GLFW_RELEASE && (key.key == GLFW_KEY_TAB || key.key == GLFW_KEY_ENTER ||
                                        key.key == GLFW_KEY_KP_ENTER || key.key == GLFW_KEY_ESCAPE);
}

}  // namespace

void Keyboard::take(const Event& event) {
  if (rest_ > 0 || !held_.empty())
    held_.push_back(event);
  else if (const auto* key = std::get_if<Key>(&event))
    take_key(*key);
  else
    deliver_(event);
}

void Keyboard::take_key(const Key& key) {
  if (key.action == GLFW_RELEASE && key_is_new_) return released_.push_back(key);
  if (key.action == GLFW_PRESS) key_is_new_ = true;
  if (moves(key)) rest_ = kFramesToMove;
  deliver_(key);
}

bool Keyboard::end_frame() {
  key_is_new_ = false;
  const bool waited = rest_ > 0 || !released_.empty() || !held_.empty();
  for (const Key& key : std::exchange(released_, {})) deliver_(key);
  if (rest_ > 0) --rest_;
  if (rest_ > 0) return waited;
  // One that moves on again holds back the rest.
  for (const Event& event : std::exchange(held_, {})) take(event);
  return waited;
}

}  // namespace wardroom::ui
