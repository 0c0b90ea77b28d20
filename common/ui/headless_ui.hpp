#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/primary_selection.hpp"
#include "common/ui/text_area.hpp"

struct ImGuiContext;

namespace wardroom::ui {

// Draws views without a window or a graphics card, and acts as a person's hands: clicks by id, types, presses
// keys. For tests; one at a time, on one thread.
class HeadlessUi {
 public:
  struct Options {
    float width = 1280;
    float height = 800;
    float scale = 1;
    ThemeKind theme = ThemeKind::dark;
  };

  using Draw = std::function<void(FrameContext&)>;

  explicit HeadlessUi(Draw draw);
  HeadlessUi(Draw draw, const Options& options);
  ~HeadlessUi();
  HeadlessUi(const HeadlessUi&) = delete;
  HeadlessUi& operator=(const HeadlessUi&) = delete;

  // Draws until the layout stands still: ImGui settles some things a frame late.
  void frames(int count = 3);

  // False if no such item can be seen.
  bool click(std::string_view id);
  bool right_click(std::string_view id);
  bool hover(std::string_view id);
  void move_to(float x, float y);
  // So many times in quick succession: two are a double click.
  void click_at(float x, float y, int times = 1);
  void middle_click_at(float x, float y);
  void right_click_at(float x, float y);
  // The button goes down and stays down; move_to() drags.
  void mouse_down(float x, float y);
  void mouse_up();
  // Held from now on, by whatever is clicked.
  void hold_mods(Mods mods);
  // As if from the keyboard, one character after another.
  void type(std::string_view wire);
  void key(Key key, Mods mods = {});
  // Held down for so many seconds, with the repetitions of a keyboard.
  void hold(Key key, float seconds);
  void scroll(float notches);  // up is positive, at the mouse's place
  void resize(float width, float height);

  const Recorder& recorder() const { return recorder_; }
  std::string snapshot() const { return recorder_.snapshot(); }
  const std::string& clipboard() const { return clipboard_; }
  void set_clipboard(std::string wire) { clipboard_ = std::move(wire); }
  const std::string& primary() const { return primary_.text; }
  void set_primary(std::string wire) { primary_.text = std::move(wire); }
  Fonts& fonts();
  FakeClock& clock() { return clock_; }
  std::optional<TimePoint> next_frame_at() const { return next_frame_at_; }
  // Vertices of the last frame: a measure of what a view costs.
  int vertices() const { return vertices_; }

 private:
  struct Primary : PrimarySelection {
    std::string text;
    void give(std::string_view wire) override { text = wire; }
    std::string take() override { return text; }
  };

  void frame();
  void press(int button);
  void release(int button);

  Draw draw_;
  Options options_;
  ImGuiContext* context_ = nullptr;
  Recorder recorder_;
  FakeClock clock_;
  std::string clipboard_;
  TextInput input_;
  Primary primary_;
  std::optional<TimePoint> next_frame_at_;
  int vertices_ = 0;
};

}  // namespace wardroom::ui
