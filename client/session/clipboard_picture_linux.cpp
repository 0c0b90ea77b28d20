#include "client/session/clipboard_picture.hpp"

#include <chrono>
#include <memory>
#include <poll.h>

#include <X11/Xlib.h>

// Xlib's macros (None, Success, Status …) stay in this file: it isn't compiled together with others.
namespace wardroom::client {
namespace {

constexpr std::chrono::seconds kClipboardPatience{5};
constexpr int kLookMs = 100;
constexpr std::size_t kMostPictureBytes = 64 * 1024 * 1024;

Error no_picture() {
  return conflict("no_picture", "There is nothing in the clipboard that can be pasted here.");
}

struct DisplayCloser {
  void operator()(Display* display) const { XCloseDisplay(display); }
};

class Clipboard {
 public:
  Clipboard(Display* display, const std::function<bool()>& is_stopping)
      : display_(display),
        is_stopping_(is_stopping),
        window_(XCreateSimpleWindow(display, XDefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0)),
        property_(XInternAtom(display, "WARDROOM_PICTURE", False)) {
    XSelectInput(display, window_, PropertyChangeMask);
  }

  Result<std::string> take() {
    XConvertSelection(display_, XInternAtom(display_, "CLIPBOARD", False),
                      XInternAtom(display_, "image/png", False), property_, window_, CurrentTime);
    XEvent event{};
    do {
      if (!next_event(event)) return no_picture();
    } while (event.type != SelectionNotify);
    if (event.xselection.property == None) return no_picture();
    std::string bytes;
    Atom type = None;
    if (!read_property(bytes, type)) return no_picture();
    if (type == XInternAtom(display_, "INCR", False)) return take_pieces();
    if (bytes.empty()) return no_picture();
    return bytes;
  }

 private:
  // A large one comes piece by piece: each is a new value of the property, the last one empty (ICCCM 2.7.2).
  Result<std::string> take_pieces() {
    std::string whole;
    for (;;) {
      XEvent event{};
      if (!next_event(event)) return no_picture();
      const bool is_piece = event.type == PropertyNotify && event.xproperty.state == PropertyNewValue &&
                            event.xproperty.atom == property_;
      if (!is_piece) continue;
      std::string piece;
      Atom type = None;
      if (!read_property(piece, type)) return no_picture();
      if (piece.empty()) break;
      whole += piece;
      if (whole.size() > kMostPictureBytes)
        return conflict("picture_too_large",
                        "The picture in the clipboard is too large. Save it as a file first.");
    }
    if (whole.empty()) return no_picture();
    return whole;
  }

  // Reads and deletes it, which asks for the next piece.
  bool read_property(std::string& into, Atom& type) {
    int format = 0;
    unsigned long items = 0, left = 0;
    unsigned char* data = nullptr;
    const int done =
        XGetWindowProperty(display_, window_, property_, 0, static_cast<long>(kMostPictureBytes / 4), True,
                           AnyPropertyType, &type, &format, &items, &left, &data);
    if (done == Success && format == 8 && data)
      into.assign(reinterpret_cast<const char*>(data), static_cast<std::size_t>(items));
    if (data) XFree(data);
    return done == Success && left == 0;
  }

  // False: it took too long, or the program ends.
  bool next_event(XEvent& event) {
    XFlush(display_);
    const auto end = std::chrono::steady_clock::now() + kClipboardPatience;
    while (XPending(display_) == 0) {
      if (is_stopping_() || std::chrono::steady_clock::now() >= end) return false;
      pollfd waiting{XConnectionNumber(display_), POLLIN, 0};
      ::poll(&waiting, 1, kLookMs);
    }
    XNextEvent(display_, &event);
    return true;
  }

  Display* const display_;  // outlives this
  const std::function<bool()>& is_stopping_;
  const Window window_;
  const Atom property_;
};

}  // namespace

Result<std::string> take_clipboard_picture(const std::function<bool()>& is_stopping) {
  const std::unique_ptr<Display, DisplayCloser> display(XOpenDisplay(nullptr));
  if (!display) return no_picture();
  return Clipboard(display.get(), is_stopping).take();
}

}  // namespace wardroom::client
