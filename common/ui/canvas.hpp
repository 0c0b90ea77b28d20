#pragma once

#include "common/ui/frame_context.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::ui {

// Sets ImGui's own sizes and colours, as far as its parts show, to the theme's.
void apply_style(const Theme& theme, float scale);

// The window's whole surface, on which panes lie.
void begin_canvas(FrameContext& f);
void end_canvas();

struct PaneOptions {
  Colour back = 0;  // 0: nothing is painted
  bool scrolls = false;
  bool scrolls_aside = false;  // what is wider, too
  float padding_x = 0;         // design lengths
  float padding_y = 0;
};

// A part of the surface that clips what is drawn in it, and scrolls if told to.
void begin_pane(FrameContext& f, const Id& id, const Rect& rect, const PaneOptions& options = {});
void end_pane();

// To be called once between the last view and ImGui::Render(): forgets dialogs that weren't drawn in this
// frame.
void finish_frame();

}  // namespace wardroom::ui
