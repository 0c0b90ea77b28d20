#pragma once

#include <span>
#include <string_view>

#include "common/typeset/text_layout.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/recorder.hpp"
#include "common/ui/theme.hpp"

// Strokes of the brush: they paint into the current window at absolute pixels, take no input and move no
// cursor.
namespace wardroom::ui {

enum class Corners { all, top, none };

void fill(const Rect& rect, Colour colour, float radius = 0, Corners corners = Corners::all);
void outline(const Rect& rect, Colour colour, float radius = 0, float thickness = 1);
void hairline(FrameContext& f, float x0, float x1, float y, Colour colour);
// Under something that is wrong, up and down around y.
void wave(FrameContext& f, float x0, float x1, float y, Colour colour);
void vertical_hairline(FrameContext& f, float x, float y0, float y1, Colour colour);

// A text in its place, with its upper left corner at x, y; each run in its ink, the last one's for those
// behind it.
void draw_layout(FrameContext& f, const typeset::TextLayout& layout, float x, float y,
                 std::span<const Colour> inks);

// Whole pixels.
float text_width(FrameContext& f, FontRole role, std::string_view screen);
float line_height(FrameContext& f, FontRole role);

// Draws one line with its upper left corner at x, y; longer than `max_width` it ends in an ellipsis. Returns
// its width. A name in a sentence: text::isolated.
float text_line(FrameContext& f, FontRole role, float x, float y, Colour colour, std::string_view screen,
                float max_width = 0);
// Centred vertically in the rectangle, from its left edge or centred horizontally.
float text_in(FrameContext& f, FontRole role, const Rect& rect, Colour colour, std::string_view screen,
              bool centred = false);
// Wraps at `width`; returns the height. Not drawn when colour is 0: only measured.
float text_block(FrameContext& f, FontRole role, float x, float y, float width, Colour colour,
                 std::string_view screen);

// A disc with up to two initials. `quiet` fades it: away, offline, not sent yet.
void avatar(FrameContext& f, float centre_x, float centre_y, float diameter, std::string_view name,
            bool quiet = false);
std::string initials(std::string_view name);

enum class Dot { online, away, busy, offline };
// States differ by shape, too: filled, half moon, barred, ring. `behind` is the colour of the surface below.
void presence_dot(FrameContext& f, float centre_x, float centre_y, float diameter, Dot dot, Colour behind);

enum class BadgeTone { quiet, alarm, accent };
float badge_width(FrameContext& f, std::string_view text);
// A pill whose right edge is at `right`; returns its left edge.
float badge(FrameContext& f, float right, float centre_y, std::string_view text, BadgeTone tone);

// The ring around what the keyboard acts on.
void focus_ring(FrameContext& f, const Rect& rect, float radius);

}  // namespace wardroom::ui
