#pragma once

#include <unordered_map>

namespace wardroom::ui {

// Which key of ui/keys.hpp a person means. GLFW numbers keys by their place on an American keyboard; a person
// who presses Ctrl+Z means the key that writes Z on their own. Layouts that write no Latin letters keep the
// places. The window's thread.
class LayoutKeys {
 public:
  // `key` and `scan_code` as GLFW says them; `name` as glfwGetKeyName does, null if it has none. A release
  // gives the key that its press gave, also when the layout was changed in between.
  int pressed(int key, int scan_code, const char* name);
  int released(int key, int scan_code);

 private:
  std::unordered_map<int, int> held_;  // by scan code
};

}  // namespace wardroom::ui
