#include "common/ui/keyboard.hpp"

#include <GLFW/glfw3.h>
#include <catch2/catch.hpp>

using namespace wardroom::ui;

namespace {

// A frame's keys and characters as text: +K down, -K up, characters as they are, frames between bars.
struct Typist {
  std::string seen;
  Keyboard keyboard{[this](const Keyboard::Event& event) {
    if (const auto* key = std::get_if<Keyboard::Key>(&event))
      seen += (key->action == GLFW_RELEASE ? "-" : "+") + name(key->key);
    else
      seen += static_cast<char>(std::get<char32_t>(event));
  }};

  // With a window that has its first field.
  Typist() {
    frames_until_still();
    seen.clear();
  }
  static std::string name(int key) {
    return key == GLFW_KEY_TAB            ? "Tab"
           : key == GLFW_KEY_ENTER        ? "Enter"
           : key == GLFW_KEY_LEFT_CONTROL ? "Ctrl"
                                          : std::string(1, static_cast<char>(key));
  }
  void press(int key) { keyboard.take(Keyboard::Key{key, 0, GLFW_PRESS, 0}); }
  void release(int key) { keyboard.take(Keyboard::Key{key, 0, GLFW_RELEASE, 0}); }
  void strike(int key) {
    press(key);
    if (key >= 'A' && key <= 'Z') keyboard.take(static_cast<char32_t>(key - 'A' + 'a'));
    release(key);
  }
  bool frame() {
    seen += "|";
    return keyboard.end_frame();
  }
  std::string frames_until_still() {
    while (frame()) {
    }
    return seen;
  }
};

}  // namespace

TEST_CASE("a key that goes down and up between two frames was pressed in one, with its Ctrl") {
  Typist typist;
  typist.press(GLFW_KEY_LEFT_CONTROL);
  typist.strike('K');
  typist.release(GLFW_KEY_LEFT_CONTROL);
  CHECK(typist.frames_until_still() == "+Ctrl+Kk|-K-Ctrl|");
}

TEST_CASE("what is typed behind Tab goes to the field that Tab leads to, however much comes in one frame") {
  Typist typist;
  typist.strike('A');
  typist.strike(GLFW_KEY_TAB);
  typist.strike('B');
  typist.strike('C');
  CHECK(typist.frames_until_still() == "+Aa+Tab|-A|-Tab+Bb+Cc|-B-C|");
}

TEST_CASE("each key that moves on waits for the one before") {
  Typist typist;
  for (const int key : {GLFW_KEY_TAB, GLFW_KEY_TAB, GLFW_KEY_ENTER}) typist.strike(key);
  typist.strike('A');
  const auto all = typist.frames_until_still();
  CHECK(all == "+Tab||-Tab+Tab||-Tab+Enter||-Enter+Aa|-A|");
}

TEST_CASE("who types while nothing waits isn't held back") {
  Typist typist;
  typist.press('A');
  CHECK(typist.seen == "+A");
  CHECK_FALSE(typist.frame());
  typist.release('A');
  CHECK(typist.seen == "+A|-A");
  CHECK_FALSE(typist.frame());
}

TEST_CASE("what is typed before the first frame waits for the first field") {
  std::string seen;
  Keyboard keyboard{
      [&](const Keyboard::Event& event) { seen += static_cast<char>(std::get<char32_t>(event)); }};
  keyboard.take(U'a');
  CHECK(keyboard.end_frame());
  CHECK(seen.empty());
  keyboard.take(U'b');
  CHECK(keyboard.end_frame());
  CHECK(seen == "ab");
  keyboard.take(U'c');
  CHECK(seen == "abc");
}
