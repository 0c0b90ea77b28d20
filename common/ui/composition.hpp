#pragma once

namespace wardroom::ui {

// Whether an input method is composing: between the first key of a syllable or a dead key, and what it
// writes. GLFW 3.3 doesn't tell, and reports the keys that an input method takes for itself, too; Enter,
// which takes a candidate, would send the message. What can be seen: a key that writes, and behind which no
// character comes, was taken by the input method. The window's thread.
class Composition {
 public:
  // A key as GLFW reports it, by its place. True: it is the input method's.
  bool takes(int key, int action, int mods);
  // A character came, or the person pressed elsewhere.
  void end();

 private:
  bool awaits_character_ = false;  // of the key that was pressed last
  int composed_ = 0;               // keys that the input method has taken
};

}  // namespace wardroom::ui
