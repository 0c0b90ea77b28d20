#pragma once

#include "common/ui/window_place.hpp"

struct GLFWwindow;

namespace wardroom::ui {

// Where a window stands, also while it is maximised, minimised or hidden: GLFW knows only the present. On the
// window's thread.
class WindowPlacement {
 public:
  // The window, for as long as it is there.
  void watch(GLFWwindow* window) { window_ = window; }
  // Shows it where it was, on screens that are there now.
  void restore(const WindowPlace& wanted);
  void note();
  WindowPlace place();
  bool is_minimised() const;
  // Hidden by closing; GLFW would ask the display each time.
  bool is_hidden() const { return hidden_; }
  void hide();
  // In front of the others, from wherever it is.
  void raise();

 private:
  GLFWwindow* window_ = nullptr;
  WindowPlace place_;  // while it is neither maximised nor minimised
  bool hidden_ = false;
};

}  // namespace wardroom::ui
