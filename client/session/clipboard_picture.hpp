#pragma once

#include <functional>
#include <string>

#include "common/base/result.hpp"

namespace wardroom::client {

// The picture that another program holds in the clipboard, as the bytes of a PNG. Over a connection to the X
// server of its own: GLFW's clipboard is text alone. Waits for that program, at most a few seconds, or until
// `is_stopping`. On Wayland it is there through Xwayland, as the window is.
Result<std::string> take_clipboard_picture(const std::function<bool()>& is_stopping);

}  // namespace wardroom::client
