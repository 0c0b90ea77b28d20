#pragma once

#include <string>

namespace wardroom::desk {

// What a program says that shows no window: why it ends, or what --help asked for. On the terminal that it
// was started from or where its output was sent; on Windows, where a program with windows mostly has neither,
// in a small window that waits. Text ends with a line's end.
void say_outside(const std::string& title, const std::string& text, bool is_error);

}  // namespace wardroom::desk
