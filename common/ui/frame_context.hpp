#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/base/utf8.hpp"
#include "common/ui/fonts.hpp"
#include "common/ui/keys.hpp"
#include "common/ui/recorder.hpp"
#include "common/ui/textures.hpp"
#include "common/ui/theme.hpp"

namespace wardroom::ui {

class PrimarySelection;
struct TextInput;

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
  TextInput* input = nullptr;           // of the window; null: nothing is typed
  PrimarySelection* primary = nullptr;  // null: the desktop has none
  Recorder* recorder = nullptr;         // tests only
  Textures* textures = nullptr;         // none in tests without a graphics card
  std::string_view scope{};             // IdScope's

  // A design length in whole pixels at the current scale.
  float px(float length) const;
  // What others sent, as it can be shown and edited: bytes that aren't UTF-8 become U+FFFD.
  std::string screen(std::string_view wire) const { return mend_utf8(wire); }

  // Asks for a frame at that time although nothing happens: for what moves or expires.
  void request_frame_at(TimePoint t);
  std::optional<TimePoint> next_frame_at() const { return next_frame_at_; }

  // Whether exactly this chord went down in this frame.
  bool pressed(Key key, Mods mods = {}) const;

  void set_clipboard(std::string_view text);
  // The text that the middle button pastes. Nothing happens where there is no such thing.
  void set_primary(std::string_view text);
  std::string primary_text();

  void record(Item item) {
    if (!recorder) return;
    if (!item.id.empty()) item.id.insert(0, scope);
    recorder->add(std::move(item));
  }

 private:
  std::optional<TimePoint> next_frame_at_;
};

}  // namespace wardroom::ui
