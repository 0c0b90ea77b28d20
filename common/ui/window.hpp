#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/window_place.hpp"

namespace wardroom::ui {

struct WindowOptions {
  std::string title;
  std::string class_name;  // by which the desktop finds the program's icon and entry
  int width = 1280;        // at 100 %
  int height = 800;
  int least_width = 720;
  int least_height = 480;
  // Where it stood the last time; in the place of width and height, and on the screens that there are.
  std::optional<WindowPlace> place{};
  float scale = 1;  // the person's choice, on top of the screen's own
  ThemeKind theme = ThemeKind::dark;
  // For pictures that are compared: the screen's scale and the pointer are left out.
  bool reproducible = false;
};

// What a program does in its window. Both are called on the window's thread.
struct WindowProgram {
  // Before each frame, also while the window is minimised: takes in what happened elsewhere.
  std::function<void()> turn;
  std::function<void(FrameContext&)> draw;
  // When it wants its next turn while nothing is drawn, because the window is minimised or hidden.
  std::function<std::optional<TimePoint>()> next_turn{};
};

// The desktop window: waits for events and draws only when there is a reason, so that an idle program costs
// nothing. Lives on the thread that opened it, except wake().
class Window {
 public:
  // The error says what the PC lacks: a display, OpenGL 3, a font.
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Until the person closes the window or close() is called.
  void run(const Clock& clock, const WindowProgram& program);
  void close();
  // Any thread, as long as the window exists: a turn and a frame soon.
  void wake();

  void set_theme(ThemeKind kind);
  void set_scale(float scale);
  void set_title(const std::string& title);
  // Marks the window in the task bar until it is focused.
  void request_attention();
  bool is_focused() const;
  bool is_minimised() const;
  bool is_hidden() const;
  // Asked when the person closes the window: true if it is to be hidden instead. raise() shows it again.
  void on_close(std::function<bool()> hides);
  // Where it stands, or stood before it was maximised.
  WindowPlace place() const;
  void raise();

  // What views may draw. As long as the window.
  Textures& textures();
  // Files that were dropped on it.
  void on_drop(std::function<void(std::vector<std::filesystem::path>)> callback);
  // Writes the first frame in which nothing is left to do, then calls `done`.
  void save_screenshot(std::filesystem::path file, std::function<void(Result<void>)> done);

 private:
  struct Impl;
  explicit Window(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardroom::ui
