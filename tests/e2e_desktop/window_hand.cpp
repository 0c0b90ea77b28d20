// What a window manager does to a window, where there is none: window_hand close WINDOW | window_hand
// look-away
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <X11/Xlib.h>

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  Display* display = XOpenDisplay(nullptr);
  if (!display) return std::fputs("There's no display.\n", stderr), 1;
  if (what == "close" && argc > 2) {
    const Window window = std::strtoul(argv[2], nullptr, 0);
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = window;
    event.xclient.message_type = XInternAtom(display, "WM_PROTOCOLS", False);
    event.xclient.format = 32;
    event.xclient.data.l[0] = static_cast<long>(XInternAtom(display, "WM_DELETE_WINDOW", False));
    event.xclient.data.l[1] = CurrentTime;
    XSendEvent(display, window, False, NoEventMask, &event);
  } else if (what == "look-away") {
    XSetInputFocus(display, None, RevertToNone, CurrentTime);
  } else {
    return std::fputs("window_hand close WINDOW | window_hand look-away\n", stderr), 2;
  }
  XCloseDisplay(display);
}
