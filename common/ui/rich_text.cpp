#include "common/ui/rich_text.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "common/ui/draw.hpp"

namespace wardroom::ui {
namespace {

using typeset::selected_spans;
using typeset::SelectedSpan;
using Part = RichLayout::Part;
using Run = RichLayout::Run;

constexpr float kLine = 20;
constexpr float kCodeX = 12;
constexpr float kCodeY = 8;
// Before each line of a list.
constexpr std::string_view kBullet = "\xE2\x80\xA2 ";

FontRole role_of(SpanStyle style) {
  switch (style) {
    case SpanStyle::bold:
    case SpanStyle::mention:
      return FontRole::bold;
    case SpanStyle::italic:
      return FontRole::italic;
    case SpanStyle::code:
      return FontRole::mono;
    case SpanStyle::quiet:
      return FontRole::small;
    case SpanStyle::plain:
    case SpanStyle::link:
    case SpanStyle::struck:
      return FontRole::text;
  }
  return FontRole::text;
}

// Whether it has its own direction, whatever stands around it.
bool is_isolated(const Span& span) {
  return span.isolated || span.style == SpanStyle::mention || span.style == SpanStyle::code ||
         !span.target.empty();
}

// What a block adds to the seen text before its spans.
std::string_view lead_of(const Block& block) {
  return block.kind == Block::Kind::bullet ? kBullet : std::string_view{};
}

std::size_t seen_size(const Block& block) {
  std::size_t size = lead_of(block).size();
  for (const Span& span : block.spans) size += span.aside ? 0 : span.text.size();
  return size;
}

// `seen` is where the block's text stands in the whole.
Part make_part(FrameContext& f, RichLayout& layout, const Block& block, float width, std::size_t seen) {
  Part part;
  part.seen = seen;
  const bool code = block.kind == Block::Kind::code;
  std::string text;
  std::vector<typeset::StyledRun> styles;
  for (const Span& span : block.spans) {
    if (span.text.empty()) continue;
    Run run{code ? SpanStyle::plain : span.style, 0, text.size(), 0, seen, span.aside};
    if (!span.target.empty()) {
      layout.links.push_back({span.target, span.named});
      run.link = static_cast<std::uint32_t>(layout.links.size());
    }
    text += span.text;
    run.end = text.size();
    if (!span.aside) seen += span.text.size();
    part.runs.push_back(run);
    const FontRole role = code ? FontRole::mono : role_of(span.style);
    styles.push_back({text.size(), f.fonts.pen(role), !code && is_isolated(span)});
  }
  const FontRole base = code ? FontRole::mono : FontRole::text;
  if (styles.empty()) styles.push_back({0, f.fonts.pen(base)});
  typeset::LayoutOptions options{.width = std::max(1.0F, width), .line_height = f.px(kLine), .align = true};
  if (code) options.direction = typeset::Direction::left_to_right;
  options.base = f.fonts.pen(base);
  part.text = typeset::lay_out(f.fonts.faces(), text, styles, options);
  return part;
}

// Adds the block below what is there.
void add_block(FrameContext& f, RichLayout& layout, const Block& block, float width, std::size_t seen) {
  const bool code = block.kind == Block::Kind::code;
  float indent = 0;
  if (block.kind == Block::Kind::quote) indent = f.px(13);
  if (block.kind == Block::Kind::bullet) indent = f.px(18);
  const float sides = code ? 2 * f.px(kCodeX) : indent;
  Part part = make_part(f, layout, block, width - sides, seen + lead_of(block).size());
  const bool mirrored = indent > 0 && part.text.lines.front().right_to_left;
  const float top = layout.height;
  part.x = code ? f.px(kCodeX) : mirrored ? 0 : indent;
  part.y = code ? top + f.px(4) + f.px(kCodeY) : top;
  const float bottom = part.y + part.text.height;
  layout.height = bottom;
  layout.width = std::max(layout.width, std::ceil(part.x + part.text.width));
  if (code) {
    layout.boxes.push_back({block.kind, {0, top + f.px(4), width, bottom + f.px(kCodeY)}});
    layout.height += f.px(kCodeY) + f.px(4);
    layout.width = width;
  } else if (indent > 0) {
    const float left = mirrored ? width - indent : 0;
    layout.boxes.push_back({block.kind, {left, top, left + indent, bottom}, mirrored});
  }
  layout.parts.push_back(std::move(part));
}

void draw_box(FrameContext& f, const RichLayout::Box& box, const RichDraw& at) {
  const Rect r{at.x + box.rect.x0, at.y + box.rect.y0, at.x + box.rect.x1, at.y + box.rect.y1};
  if (box.kind == Block::Kind::code) {
    fill(r, f.theme.surface0, f.px(6));
    outline(r, f.theme.line, f.px(6));
  } else if (box.kind == Block::Kind::quote) {
    const float left = box.mirrored ? r.x1 - f.px(3) : r.x0;
    fill({left, r.y0 + f.px(1), left + f.px(3), r.y1 - f.px(1)}, f.theme.line, f.px(1.5F));
  } else {
    const float x = box.mirrored ? r.x1 - f.px(7) : r.x0 + f.px(7);
    ImGui::GetWindowDrawList()->AddCircleFilled({x, r.y0 + f.px(10.5F)}, f.px(2.2F), at.ink, 12);
  }
}

Colour ink_of(FrameContext& f, const Run& run, const RichDraw& at) {
  if (at.dimmed) return at.ink;
  switch (run.style) {
    case SpanStyle::link:
    case SpanStyle::mention:
      return f.theme.accent;
    case SpanStyle::quiet:
      return f.theme.text2;
    default:
      return at.ink;
  }
}

// Where the bytes of the part stand on the screen.
std::vector<Rect> rects_of(const Part& part, const RichDraw& at, std::size_t begin, std::size_t end) {
  std::vector<Rect> rects;
  for (const SelectedSpan& span : selected_spans(part.text, begin, end)) {
    const typeset::LaidLine& line = part.text.lines[span.line];
    const float top = at.y + part.y + line.top;
    rects.push_back({at.x + part.x + span.left, top, at.x + part.x + span.right, top + line.height});
  }
  return rects;
}

void draw_behind(FrameContext& f, const Part& part, const RichDraw& at) {
  for (const Run& run : part.runs) {
    if (run.style == SpanStyle::code) {
      for (const Rect& r : rects_of(part, at, run.begin, run.end))
        fill({r.x0 - f.px(2), r.y0 + f.px(1), r.x1 + f.px(2), r.y1 - f.px(1)}, f.theme.surface3, f.px(4));
    }
    if (run.aside) continue;
    const std::size_t from = std::max(at.selected_begin, run.seen);
    const std::size_t to = std::min(at.selected_end, run.seen + (run.end - run.begin));
    if (from >= to) continue;
    for (const Rect& r : rects_of(part, at, run.begin + (from - run.seen), run.begin + (to - run.seen)))
      fill(r, with_alpha(f.theme.accent, 96));
  }
}

// Lines through and under the text. Returns the number of the link under the mouse; 0: none.
std::uint32_t draw_over(FrameContext& f, const Part& part, const RichDraw& at) {
  std::uint32_t under_mouse = 0;
  for (const Run& run : part.runs) {
    if (run.style != SpanStyle::struck && run.link == 0) continue;
    const Colour ink = ink_of(f, run, at);
    const std::vector<Rect> rects = rects_of(part, at, run.begin, run.end);
    if (run.style == SpanStyle::struck)
      for (const Rect& r : rects) hairline(f, r.x0, r.x1, (r.y0 + r.y1) / 2, ink);
    const bool over =
        run.link != 0 && ImGui::IsWindowHovered() && std::ranges::any_of(rects, [](const Rect& r) {
          return ImGui::IsMouseHoveringRect({r.x0, r.y0}, {r.x1, r.y1});
        });
    if (!over) continue;
    under_mouse = run.link;
    for (const Rect& r : rects) hairline(f, r.x0, r.x1, r.y1 - f.px(2), ink);
  }
  return under_mouse;
}

}  // namespace

std::size_t RichLayout::bytes() const {
  std::size_t sum = sizeof(RichLayout);
  for (const Part& part : parts)
    sum += sizeof(Part) + part.text.glyphs.size() * sizeof(typeset::PlacedGlyph) +
           part.text.stops.size() * sizeof(typeset::Stop) +
           part.text.lines.size() * sizeof(typeset::LaidLine) + part.runs.size() * sizeof(Run);
  return sum;
}

RichLayout lay_out(FrameContext& f, const std::vector<Block>& blocks, float width) {
  RichLayout layout;
  std::size_t seen = 0;
  for (const Block& block : blocks) {
    add_block(f, layout, block, width, seen);
    seen += seen_size(block) + 1;
  }
  layout.line = f.px(kLine);
  return layout;
}

std::string seen_text(const std::vector<Block>& blocks) {
  std::string text;
  for (const Block& block : blocks) {
    if (&block != &blocks.front()) text += '\n';
    text += lead_of(block);
    for (const Span& span : block.spans)
      if (!span.aside) text += span.text;
  }
  return text;
}

std::size_t offset_at(const RichLayout& layout, float x, float y) {
  if (layout.parts.empty()) return 0;
  const Part* found = &layout.parts.front();
  for (const Part& part : layout.parts)
    if (part.y <= y) found = &part;
  const std::size_t at = typeset::caret_at(found->text, x - found->x, y - found->y).position;
  std::size_t seen = found->seen;
  for (const Run& run : found->runs) {
    if (run.begin > at) break;
    seen = run.seen + (run.aside ? 0 : std::min(at, run.end) - run.begin);
  }
  return seen;
}

RichPoint point_of(const RichLayout& layout, std::size_t offset) {
  if (layout.parts.empty()) return {};
  const Part* found = &layout.parts.front();
  for (const Part& part : layout.parts)
    if (part.seen <= offset) found = &part;
  std::size_t at = 0;
  for (const Run& run : found->runs) {
    // Where one run ends and the next begins it is the next one's.
    if (run.aside || run.seen > offset) continue;
    at = run.begin + std::min(offset - run.seen, run.end - run.begin);
  }
  const typeset::CaretPlace place = typeset::place_of(found->text, {at, false});
  return {found->x + place.x, found->y + found->text.lines[place.line].top};
}

const RichLayout::Link* draw_rich(FrameContext& f, const RichLayout& layout, const RichDraw& at) {
  std::uint32_t under_mouse = 0;
  for (const RichLayout::Box& box : layout.boxes) draw_box(f, box, at);
  std::vector<Colour> inks;
  for (const Part& part : layout.parts) {
    draw_behind(f, part, at);
    inks.clear();
    for (const Run& run : part.runs) inks.push_back(ink_of(f, run, at));
    if (inks.empty()) continue;
    draw_layout(f, part.text, at.x + part.x, at.y + part.y, inks);
    under_mouse = std::max(under_mouse, draw_over(f, part, at));
  }
  return under_mouse == 0 ? nullptr : &layout.links[under_mouse - 1];
}

}  // namespace wardroom::ui
