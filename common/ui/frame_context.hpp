#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/ui/fonts.hpp"
#include "common/ui/keys.hpp"
#include "common/ui/recorder.hpp"
#include "common/ui/theme.hpp"

struct ImFont;

namespace wardroom::ui {

// What a view gets besides its props: all that it may know of the world outside. Lives for one frame, on the
// window's thread. Views call no clock and do no I/O; they ask here.
class FrameContext {
 public:
  FrameContext(const Theme& the_theme, Fonts& the_fonts, float the_scale, TimePoint the_now)
      : theme(the_theme), fonts(the_fonts), scale(the_scale), now(the_now) {}

  const Theme& theme;
  Fonts& fonts;
  const float scale;  // 1 at 100 %
  const TimePoint now;
  float width = 0;  // of the window, in pixels
  float height = 0;
  bool window_focused = true;
  Recorder* recorder = nullptr;  // tests only

  // A design length in whole pixels at the current scale.
  float px(float length) const;
  ImFont* font(FontRole role) const { return fonts.get(role); }
  std::string screen(std::string_view wire) { return fonts.to_screen(wire); }

  // Asks for a frame at that time although nothing happens: for what moves or expires.
  void request_frame_at(TimePoint t);
  std::optional<TimePoint> next_frame_at() const { return next_frame_at_; }

  // Whether exactly this chord went down in this frame.
  bool pressed(Key key, Mods mods = {}) const;

  // Text as on the wire: what was mapped for the screen is mapped back.
  void set_clipboard(std::string_view wire);

  void record(Item item) {
    if (recorder) recorder->add(std::move(item));
  }

 private:
  std::optional<TimePoint> next_frame_at_;
};

}  // namespace wardroom::ui
