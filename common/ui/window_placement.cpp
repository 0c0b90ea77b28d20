#include "common/ui/window_placement.hpp"

#include <utility>
#include <vector>

#include <GLFW/glfw3.h>

namespace wardroom::ui {

void WindowPlacement::restore(const WindowPlace& wanted) {
  std::vector<ScreenArea> screens;
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    ScreenArea area;
    glfwGetMonitorWorkarea(monitors[i], &area.x, &area.y, &area.width, &area.height);
    if (area.width > 0 && area.height > 0) screens.push_back(area);
  }
  place_ = keep_on_screens(wanted, screens);
  glfwSetWindowSize(window_, place_.width, place_.height);
  glfwSetWindowPos(window_, place_.x, place_.y);
  glfwShowWindow(window_);
  if (place_.maximised) glfwMaximizeWindow(window_);
}

void WindowPlacement::note() {
  if (hidden_ || is_minimised() || glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) != 0) return;
  glfwGetWindowPos(window_, &place_.x, &place_.y);
  glfwGetWindowSize(window_, &place_.width, &place_.height);
}

WindowPlace WindowPlacement::place() {
  note();
  WindowPlace place = place_;
  place.maximised = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) != 0;
  return place;
}

bool WindowPlacement::is_minimised() const {
  return glfwGetWindowAttrib(window_, GLFW_ICONIFIED) != 0;
}

void WindowPlacement::hide() {
  note();
  hidden_ = true;
  glfwHideWindow(window_);
}

void WindowPlacement::raise() {
  if (std::exchange(hidden_, false)) {
    const bool maximised = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) != 0;
    glfwShowWindow(window_);
    if (!maximised) glfwSetWindowPos(window_, place_.x, place_.y);
  }
  // Of a window that is maximised it would take its size.
  if (is_minimised()) glfwRestoreWindow(window_);
  glfwFocusWindow(window_);
}

}  // namespace wardroom::ui
