#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "common/typeset/bidi.hpp"
#include "common/typeset/faces.hpp"

// A text in its place: which glyphs stand where, and which of its bytes a place means. Knows no window.
namespace wardroom::typeset {

// Bytes up to `end` in one look.
struct StyledRun {
  std::size_t end = 0;
  Pen pen{};
  bool isolated = false;  // a name or a link, which mustn't turn its neighbours round
};

struct LayoutOptions {
  float width = 0;        // lines are broken to fit it, pixels; 0: they aren't
  float line_height = 0;  // at least so much for each; 0: as the font's own
  // Lines get no higher for scripts that need more, and a line break is a space: a label.
  bool single_line = false;
  bool align = false;  // what is written from the right begins at the right edge of the width
  Direction direction = Direction::from_text;
  std::optional<Pen> base{};  // whose font lines stand by; else the first run's
};

struct PlacedGlyph {
  std::uint32_t glyph = 0;
  float x = 0, y = 0;  // from the line's left end and baseline, downwards
  FontId font = 0;
  std::uint16_t run = 0;  // index of the StyledRun
};

// A reader's character, where it stands in its line: what a cursor steps over.
struct Stop {
  std::size_t begin = 0, end = 0;  // bytes
  float left = 0, right = 0;
  std::uint16_t run = 0;
  bool right_to_left = false;
  float leading() const { return right_to_left ? right : left; }
  float trailing() const { return right_to_left ? left : right; }
};

struct LaidLine {
  std::size_t begin = 0, end = 0;  // bytes; a line break at the end isn't within
  std::size_t first_glyph = 0, last_glyph = 0;
  std::size_t first_stop = 0, last_stop = 0;  // from left to right
  float top = 0, height = 0, baseline = 0;    // baseline from the layout's top
  float left = 0, right = 0;                  // of what is seen
  bool right_to_left = false;
  bool ends_paragraph = false;
};

// Where a cursor stands: before the byte. Where the directions change, and where a line wraps, that is two
// places; `upstream`: the one beside the character before.
struct Caret {
  std::size_t position = 0;
  bool upstream = false;
  friend bool operator==(const Caret&, const Caret&) = default;
};

struct CaretPlace {
  std::size_t line = 0;
  float x = 0;
};

// A stretch of a selection.
struct SelectedSpan {
  std::size_t line = 0;
  float left = 0, right = 0;
};

struct TextLayout {
  std::vector<LaidLine> lines;  // at least one
  std::vector<PlacedGlyph> glyphs;
  std::vector<Stop> stops;
  float width = 0;  // from the left end of 0 to the rightmost of what is seen
  float height = 0;

  std::span<const Stop> stops_of(const LaidLine& line) const {
    return std::span{stops}.subspan(line.first_stop, line.last_stop - line.first_stop);
  }
  std::span<const PlacedGlyph> glyphs_of(const LaidLine& line) const {
    return std::span{glyphs}.subspan(line.first_glyph, line.last_glyph - line.first_glyph);
  }
};

// Each line of the text is a paragraph of its own. Bytes that aren't UTF-8 are shown as U+FFFD. The runs
// end where the text does.
TextLayout lay_out(Faces& faces, std::string_view text, std::span<const StyledRun> runs,
                   const LayoutOptions& options = {});

// The line at this height; the first or the last for what is above or below.
std::size_t line_at(const TextLayout& layout, float y);
CaretPlace place_of(const TextLayout& layout, Caret caret);
// The nearest place in the line.
Caret caret_in_line(const TextLayout& layout, std::size_t line, float x);
Caret caret_at(const TextLayout& layout, float x, float y);
// One step as the eye sees it; at the end of a line to the line where reading goes on. Nothing at the ends of
// the text.
std::optional<Caret> step_left(const TextLayout& layout, Caret caret);
std::optional<Caret> step_right(const TextLayout& layout, Caret caret);
// Home and End: where reading the line begins and ends.
Caret line_start(const TextLayout& layout, std::size_t line);
Caret line_end(const TextLayout& layout, std::size_t line);
// Where the bytes from `begin` to before `end` stand, line by line, from left to right.
std::vector<SelectedSpan> selected_spans(const TextLayout& layout, std::size_t begin, std::size_t end);

}  // namespace wardroom::typeset
