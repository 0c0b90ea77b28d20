#include "common/typeset/text_layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "common/text/boundaries.hpp"
#include "common/typeset/itemise.hpp"
#include "common/typeset/shaper.hpp"

namespace wardroom::typeset {
namespace {

// No letter fills its font's height to the last pixel.
constexpr float kSpare = 1;
constexpr float kTabs = 4;  // a tab is as wide as so many spaces

// One line of the text, which is a paragraph to Unicode.
class ParagraphMaker {
 public:
  ParagraphMaker(Faces& faces, std::string_view text, std::span<const StyledRun> runs,
                 const LayoutOptions& options, std::span<const std::uint8_t> boundaries, TextLayout& layout)
      : faces_(faces),
        text_(text),
        runs_(runs),
        options_(options),
        boundaries_(boundaries),
        layout_(layout) {}

  // `before`: the direction of the paragraph before, which an empty one takes over.
  bool make(std::size_t begin, std::size_t end, bool before) {
    items_ = itemise(faces_, text_, runs_, boundaries_, begin, end);
    const Bidi bidi{items_.code_points, options_.direction};
    bidi_ = &bidi;
    right_to_left_ = items_.characters.empty() && options_.direction == Direction::from_text
                         ? before
                         : bidi.right_to_left();
    measure();
    break_lines(begin, end);
    return right_to_left_;
  }

 private:
  struct Shaped {
    Piece piece;
    std::vector<ShapedGlyph> glyphs;
  };
  struct LinePiece {
    std::size_t begin = 0, end = 0;  // characters
    std::uint8_t level = 0;
  };

  std::vector<LinePiece> pieces_of(std::size_t begin, std::size_t end) const;
  Piece as_piece(const LinePiece& piece) const;
  Shaped shaped(const LinePiece& piece) const;
  std::vector<float> advances(const LinePiece& piece, const std::vector<ShapedGlyph>& glyphs) const;
  void measure();
  void break_lines(std::size_t begin, std::size_t end);
  // The characters from `begin` to before `end`, of which those from `hanging` on are the spaces at which the
  // line wrapped.
  void place_line(std::size_t begin, std::size_t hanging, std::size_t end, LaidLine line);
  float place_piece(const LinePiece& piece, float x);
  void add_stop(std::size_t character, float left, float right, bool right_to_left);
  void set_height(LaidLine& line) const;

  Faces& faces_;
  std::string_view text_;
  std::span<const StyledRun> runs_;
  const LayoutOptions& options_;
  std::span<const std::uint8_t> boundaries_;
  TextLayout& layout_;
  Itemised items_;
  std::vector<Shaped> measured_;
  const Bidi* bidi_ = nullptr;
  bool right_to_left_ = false;
};

std::vector<ParagraphMaker::LinePiece> ParagraphMaker::pieces_of(std::size_t begin, std::size_t end) const {
  std::vector<LinePiece> pieces;
  if (begin == end) return pieces;
  const std::size_t from = items_.characters[begin].first;
  const std::vector<std::uint8_t> levels = bidi_->line_levels(from, items_.characters[end - 1].last);
  for (std::size_t i = begin; i < end; ++i) {
    const Character& one = items_.characters[i];
    const std::uint8_t level = levels[one.first - from];
    if (!pieces.empty() && pieces.back().level == level) {
      const Character& last = items_.characters[i - 1];
      const bool joins =
          last.font == one.font && last.script == one.script && last.run == one.run && last.last == one.first;
      if (joins) {
        pieces.back().end = i + 1;
        continue;
      }
    }
    pieces.push_back({i, i + 1, level});
  }
  return pieces;
}

Piece ParagraphMaker::as_piece(const LinePiece& piece) const {
  const Character& first = items_.characters[piece.begin];
  return {first.first, items_.characters[piece.end - 1].last, first.font, first.script, piece.level % 2 == 1};
}

ParagraphMaker::Shaped ParagraphMaker::shaped(const LinePiece& piece) const {
  const Piece wanted = as_piece(piece);
  // What wasn't cut by the end of a line is as it was measured.
  const auto known = std::ranges::lower_bound(measured_, wanted.begin, {},
                                              [](const Shaped& one) { return one.piece.begin; });
  if (known != measured_.end() && known->piece.begin == wanted.begin && known->piece.end == wanted.end &&
      known->piece.right_to_left == wanted.right_to_left)
    return *known;
  Shaped out{wanted, shape(faces_, items_.code_points, wanted)};
  for (ShapedGlyph& glyph : out.glyphs)
    if (items_.characters[items_.owners[glyph.character]].tab) glyph.advance *= kTabs;
  return out;
}

// What each character takes; a ligature's share the width alike.
std::vector<float> ParagraphMaker::advances(const LinePiece& piece,
                                            const std::vector<ShapedGlyph>& glyphs) const {
  std::vector<float> out(piece.end - piece.begin, 0.0F);
  std::vector<bool> begins(out.size(), false);
  for (const ShapedGlyph& glyph : glyphs) {
    const std::size_t i = items_.owners[glyph.character] - piece.begin;
    out[i] += glyph.advance;
    begins[i] = true;
  }
  for (std::size_t i = 0; i < out.size();) {
    std::size_t end = i + 1;
    while (end < out.size() && !begins[end]) ++end;
    const float share = out[i] / static_cast<float>(end - i);
    for (; i < end; ++i) out[i] = share;
  }
  return out;
}

void ParagraphMaker::measure() {
  std::vector<Shaped> measured;
  for (const LinePiece& piece : pieces_of(0, items_.characters.size())) {
    Shaped one = shaped(piece);
    const std::vector<float> widths = advances(piece, one.glyphs);
    for (std::size_t i = 0; i < widths.size(); ++i) items_.characters[piece.begin + i].advance = widths[i];
    measured.push_back(std::move(one));
  }
  measured_ = std::move(measured);
}

void ParagraphMaker::break_lines(std::size_t begin, std::size_t end) {
  // What was measured in one sum is allowed to differ by what adding rounds away.
  const float room = options_.width + 0.01F;
  std::size_t first = 0;
  std::size_t break_at = 0;
  float x = 0;
  const auto place = [&](std::size_t last, bool wrapped) {
    LaidLine line;
    line.begin = first < items_.characters.size() ? items_.characters[first].begin : begin;
    line.end = wrapped ? items_.characters[last].begin : end;
    line.ends_paragraph = !wrapped;
    // At the end of the paragraph only those that find no room.
    std::size_t hanging = last;
    while (hanging > first && items_.characters[hanging - 1].space &&
           (wrapped || (options_.width > 0 && x > room)))
      x -= items_.characters[--hanging].advance;
    place_line(first, hanging, last, line);
    first = break_at = last;
    x = 0;
  };
  for (std::size_t i = 0; i < items_.characters.size(); ++i) {
    const Character& one = items_.characters[i];
    if (i > first && one.may_begin_line) break_at = i;
    while (options_.width > 0 && i > first && !one.space && x + one.advance > room) {
      const std::size_t cut = break_at > first ? break_at : i;
      place(cut, true);
      // What stood behind the break comes along.
      for (std::size_t j = cut; j < i; ++j) x += items_.characters[j].advance;
    }
    x += one.advance;
  }
  place(items_.characters.size(), false);
}

void ParagraphMaker::add_stop(std::size_t character, float left, float right, bool right_to_left) {
  const Character& one = items_.characters[character];
  layout_.stops.push_back({one.begin, one.end, left, right, one.run, right_to_left});
}

float ParagraphMaker::place_piece(const LinePiece& piece, float x) {
  const Shaped one = shaped(piece);
  float pen = x;
  for (const ShapedGlyph& glyph : one.glyphs) {
    const std::uint16_t run = items_.characters[items_.owners[glyph.character]].run;
    layout_.glyphs.push_back({glyph.glyph, pen + glyph.x_offset, glyph.y_offset, one.piece.font, run});
    pen += glyph.advance;
  }
  const std::vector<float> widths = advances(piece, one.glyphs);
  const std::size_t count = piece.end - piece.begin;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t which = one.piece.right_to_left ? count - 1 - i : i;
    add_stop(piece.begin + which, x, x + widths[which], one.piece.right_to_left);
    x += widths[which];
  }
  return x;
}

void ParagraphMaker::place_line(std::size_t begin, std::size_t hanging, std::size_t end, LaidLine line) {
  line.right_to_left = right_to_left_;
  line.first_glyph = layout_.glyphs.size();
  line.first_stop = layout_.stops.size();
  const std::vector<LinePiece> pieces = pieces_of(begin, hanging);
  std::vector<std::uint8_t> levels;
  for (const LinePiece& piece : pieces) levels.push_back(piece.level);
  if (right_to_left_)
    for (std::size_t i = end; i > hanging; --i) add_stop(i - 1, 0, 0, true);
  float x = 0;
  for (const std::size_t which : visual_order(levels)) x = place_piece(pieces[which], x);
  if (!right_to_left_)
    for (std::size_t i = hanging; i < end; ++i) add_stop(i, x, x, false);
  line.last_glyph = layout_.glyphs.size();
  line.last_stop = layout_.stops.size();
  // In whole pixels, so that the same word looks the same in each line.
  const bool moves = options_.align && right_to_left_ && options_.width > 0;
  line.left = moves ? std::max(0.0F, std::floor(options_.width - x)) : 0;
  line.right = line.left + x;
  for (std::size_t i = line.first_glyph; i < line.last_glyph; ++i) layout_.glyphs[i].x += line.left;
  for (std::size_t i = line.first_stop; i < line.last_stop; ++i) {
    layout_.stops[i].left += line.left;
    layout_.stops[i].right += line.left;
  }
  set_height(line);
  line.top = layout_.height;
  line.baseline += line.top;
  layout_.height += line.height;
  layout_.width = std::max(layout_.width, line.right);
  layout_.lines.push_back(line);
}

// The base's font gives the line its height; another script may need more.
void ParagraphMaker::set_height(LaidLine& line) const {
  const FontMetrics own = faces_.metrics(faces_.own_font(options_.base.value_or(runs_.front().pen)));
  const float least = std::round(own.ascent + own.descent);
  const float height = std::max(options_.line_height, least);
  float above = std::round((height - least) / 2) + std::round(own.ascent);
  float below = height - above;
  FontId last = 0;
  for (std::size_t i = line.first_glyph; !options_.single_line && i < line.last_glyph; ++i) {
    const FontId font = layout_.glyphs[i].font;
    if (i > line.first_glyph && font == last) continue;
    last = font;
    if (faces_.is_emoji(font)) continue;
    const FontMetrics metrics = faces_.metrics(font);
    above = std::max(above, std::ceil(metrics.ascent - kSpare));
    below = std::max(below, std::ceil(metrics.descent - kSpare));
  }
  line.baseline = above;
  line.height = above + below;
}

}  // namespace

TextLayout lay_out(Faces& faces, std::string_view text, std::span<const StyledRun> runs,
                   const LayoutOptions& options) {
  TextLayout layout;
  const StyledRun plain{text.size()};
  if (runs.empty()) runs = {&plain, 1};
  const auto boundaries = text::find_boundaries(text, options.width > 0);
  bool right_to_left = options.direction == Direction::right_to_left;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t newline = options.single_line ? std::string_view::npos : text.find('\n', begin);
    const std::size_t end = std::min(newline, text.size());
    ParagraphMaker maker{faces, text, runs, options, boundaries, layout};
    right_to_left = maker.make(begin, end, right_to_left);
    begin = end + 1;
  }
  return layout;
}

}  // namespace wardroom::typeset
