#include "common/ui/layout_keys.hpp"

#include <cctype>

#include <GLFW/glfw3.h>

namespace wardroom::ui {
namespace {

bool writes(int key) {
  return key > GLFW_KEY_SPACE && key <= GLFW_KEY_WORLD_2;
}

// The row of digits keeps its places: on a French keyboard it writes digits with Shift only.
bool is_digit(int key) {
  return key >= GLFW_KEY_0 && key <= GLFW_KEY_9;
}

int meant(int key, const char* name) {
  if (!writes(key) || is_digit(key) || !name || name[0] == '\0' || name[1] != '\0') return key;
  const auto c = static_cast<unsigned char>(name[0]);
  return c > ' ' && c < 127 ? std::toupper(c) : key;
}

}  // namespace

int LayoutKeys::pressed(int key, int scan_code, const char* name) {
  return held_[scan_code] = meant(key, name);
}

int LayoutKeys::released(int key, int scan_code) {
  const auto held = held_.find(scan_code);
  if (held == held_.end()) return key;
  const int meant_then = held->second;
  held_.erase(held);
  return meant_then;
}

}  // namespace wardroom::ui
