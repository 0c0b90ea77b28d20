#pragma once

#include <functional>
#include <variant>
#include <vector>

namespace wardroom::ui {

// Hands what is typed to ImGui so that nothing is lost on a busy PC, where much comes between two frames.
//
// ImGui looks at the keys once a frame: one that goes down and up in between would never have been pressed.
// So releases wait until a frame has seen the press; those of Ctrl and Shift, too, or K would come without
// its Ctrl. And what is typed right behind a key that moves to another field would go to the field before, or
// to none: it waits until the new field is there. So does what is typed before the first frame, where a
// window stands on the screen already. The window's thread.
class Keyboard {
 public:
  struct Key {
    int key, scan_code, action, mods;  // as GLFW says them
    friend bool operator==(const Key&, const Key&) = default;
  };
  using Event = std::variant<Key, char32_t>;  // a key, or a character

  explicit Keyboard(std::function<void(const Event&)> deliver) : deliver_(std::move(deliver)) {}

  void take(const Event& event);
  // After each frame: delivers what waited for it. True when another frame has to be drawn.
  bool end_frame();

 private:
  void take_key(const Key& key);

  std::function<void(const Event&)> deliver_;
  // In the first frame ImGui sees the key, in the second one the field becomes the active one, and the
  // characters of that frame are dropped.
  static constexpr int kFramesToMove = 2;

  bool key_is_new_ = false;   // one went down since the last frame
  int rest_ = kFramesToMove;  // frames until the first field, or one that was moved to, takes characters
  std::vector<Key> released_;
  std::vector<Event> held_;
};

}  // namespace wardroom::ui
