#pragma once

namespace wardroom::ui {

// Keys of the keyboard, by their place in ImGui's key table. The numbers are GLFW's, so that a real window
// and a headless one speak of the same keys; letters and digits are their ASCII capitals.
enum class Key : int {
  space = 32,
  plus = '+',
  minus = '-',
  zero = '0',
  equals = '=',
  a = 'A',
  b = 'B',
  c = 'C',
  e = 'E',
  f = 'F',
  g = 'G',
  i = 'I',
  k = 'K',
  m = 'M',
  n = 'N',
  o = 'O',
  s = 'S',
  t = 'T',
  v = 'V',
  x = 'X',
  y = 'Y',
  z = 'Z',
  escape = 256,
  enter = 257,
  tab = 258,
  backspace = 259,
  insert = 260,
  del = 261,
  right = 262,
  left = 263,
  down = 264,
  up = 265,
  page_up = 266,
  page_down = 267,
  home = 268,
  end = 269,
  f1 = 290,
  f10 = 299,
  keypad_zero = 320,
  keypad_minus = 333,
  keypad_plus = 334,
  keypad_enter = 335,
  menu = 348,
};

struct Mods {
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  friend bool operator==(const Mods&, const Mods&) = default;
};

// Tells ImGui where in its key table its own keys are. Call once after a context was made.
void set_key_map();

}  // namespace wardroom::ui
