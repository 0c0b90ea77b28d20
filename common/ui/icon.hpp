#pragma once

#include "common/ui/frame_context.hpp"

namespace wardroom::ui {

enum class Icon {
  search,
  close,
  plus,
  check,
  people,
  send,
  down,
  chevron_down,
  chevron_right,
  back,
  lock,
  bell_off,
  settings,
  reply,
  thread,
  copy,
  pencil,
  clock,
  warning,
  emoji,
  code,
  sign_out,
  keyboard,
  compass,
  shield,
  dots,
  eye,
  trash,
  refresh,
  external,
  pin,
  clip,
  file,
  folder,
  save,
  play,
  pause
};

// Drawn as strokes, so that no font needs to have it. The square around the centre has sides of `size`
// pixels.
void draw_icon(FrameContext& f, Icon icon, float centre_x, float centre_y, float size, Colour colour);

}  // namespace wardroom::ui
