#include "common/ui/rich_text.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "common/base/utf8.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/text_lines.hpp"

namespace wardroom::ui {
namespace {

constexpr float kLine = 20;

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

// Fills lines word by word, across spans of different fonts.
class Flow {
 public:
  Flow(FrameContext& f, RichLayout& layout, float left, float width, float top)
      : f_(f), layout_(layout), left_(left), right_(left + width), x_(left), y_(top) {}

  void add(const Span& span) {
    std::uint32_t link = 0;
    if (!span.target.empty()) {
      layout_.links.push_back({span.target, span.named});
      link = static_cast<std::uint32_t>(layout_.links.size());
    }
    const std::string_view text = span.text;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '\n') {
        new_line();
        ++at;
        continue;
      }
      // A word with the spaces before it.
      std::size_t end = text.find_first_not_of(' ', at);
      end =
          end == std::string_view::npos ? text.size() : std::min(text.find_first_of(" \n", end), text.size());
      add_word(span.style, text.substr(at, end - at), link);
      at = end;
    }
  }

  float bottom() const { return y_ + f_.px(kLine); }

 private:
  void new_line() {
    x_ = left_;
    y_ += f_.px(kLine);
  }

  void add_word(SpanStyle style, std::string_view word, std::uint32_t link) {
    const FontRole role = role_of(style);
    float width = text_width(f_, role, word);
    if (x_ + width > right_ && x_ > left_) {
      new_line();
      word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
      width = text_width(f_, role, word);
    }
    while (width > right_ - left_ && !word.empty()) {
      // Longer than a line: a link or a hash, cut where the line ends.
      std::size_t cut = position_at(*f_.font(role), word, {0, word.size()}, right_ - left_ - f_.px(6));
      if (cut == 0) (void)next_code_point(word, cut);
      put(style, role, word.substr(0, cut), link);
      new_line();
      word.remove_prefix(cut);
      width = text_width(f_, role, word);
    }
    if (!word.empty()) put(style, role, word, link);
  }

  void put(SpanStyle style, FontRole role, std::string_view word, std::uint32_t link) {
    const float width = text_width(f_, role, word);
    auto& pieces = layout_.pieces;
    const bool joins = !pieces.empty() && pieces.back().y == y_ && pieces.back().style == style &&
                       pieces.back().link == link && pieces.back().x + pieces.back().width == x_;
    if (joins) {
      pieces.back().text += word;
      pieces.back().width += width;
    } else {
      pieces.push_back({x_, y_, width, role, style, std::string{word}, link});
    }
    x_ += width;
    layout_.width = std::max(layout_.width, x_);
  }

  FrameContext& f_;
  RichLayout& layout_;
  float left_, right_;
  float x_, y_;
};

// Returns the y below.
float lay_out_code(FrameContext& f, RichLayout& layout, const Block& block, float width, float y) {
  const float pad_x = f.px(12);
  const float pad_y = f.px(8);
  const float top = y + f.px(4);
  float at = top + pad_y;
  const ImFont& font = *f.font(FontRole::mono);
  for (const Span& span : block.spans) {
    for (const TextLine& line : wrap_lines(font, span.text, width - 2 * pad_x)) {
      const std::string text = span.text.substr(line.begin, line.end - line.begin);
      layout.pieces.push_back(
          {pad_x, at, text_width(f, FontRole::mono, text), FontRole::mono, SpanStyle::plain, text, 0});
      at += f.px(kLine);
    }
  }
  layout.boxes.push_back({Block::Kind::code, {0, top, width, at + pad_y}});
  layout.width = width;
  return at + pad_y + f.px(4);
}

float lay_out_block(FrameContext& f, RichLayout& layout, const Block& block, float width, float y) {
  if (block.kind == Block::Kind::code) return lay_out_code(f, layout, block, width, y);
  float indent = 0;
  if (block.kind == Block::Kind::quote) indent = f.px(13);
  if (block.kind == Block::Kind::bullet) indent = f.px(18);
  Flow flow{f, layout, indent, width - indent, y};
  for (const Span& span : block.spans) flow.add(span);
  if (indent > 0) layout.boxes.push_back({block.kind, {0, y, indent, flow.bottom()}});
  return flow.bottom();
}

void draw_box(FrameContext& f, const RichLayout::Box& box, const RichDraw& at) {
  const Rect r{at.x + box.rect.x0, at.y + box.rect.y0, at.x + box.rect.x1, at.y + box.rect.y1};
  if (box.kind == Block::Kind::code) {
    fill(r, f.theme.surface0, f.px(6));
    outline(r, f.theme.line, f.px(6));
  } else if (box.kind == Block::Kind::quote) {
    fill({r.x0, r.y0 + f.px(1), r.x0 + f.px(3), r.y1 - f.px(1)}, f.theme.line, f.px(1.5F));
  } else {
    ImGui::GetWindowDrawList()->AddCircleFilled({r.x0 + f.px(7), r.y0 + f.px(10.5F)}, f.px(2.2F), at.ink, 12);
  }
}

Colour ink_of(FrameContext& f, const RichLayout::Piece& piece, const RichDraw& at) {
  if (at.dimmed) return at.ink;
  switch (piece.style) {
    case SpanStyle::link:
    case SpanStyle::mention:
      return f.theme.accent;
    case SpanStyle::quiet:
      return f.theme.text2;
    default:
      return at.ink;
  }
}

}  // namespace

RichLayout lay_out(FrameContext& f, const std::vector<Block>& blocks, float width) {
  RichLayout layout;
  float y = 0;
  for (const Block& block : blocks) y = lay_out_block(f, layout, block, width, y);
  layout.height = y;
  return layout;
}

const RichLayout::Link* draw_rich(FrameContext& f, const RichLayout& layout, const RichDraw& at) {
  const RichLayout::Link* under_mouse = nullptr;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const RichLayout::Box& box : layout.boxes) draw_box(f, box, at);
  for (const RichLayout::Piece& piece : layout.pieces) {
    const ImFont* font = f.font(piece.role);
    const float x = at.x + piece.x;
    const float y = at.y + piece.y + std::round((f.px(kLine) - font->FontSize) / 2);
    const Rect line{x, at.y + piece.y, x + piece.width, at.y + piece.y + f.px(kLine)};
    if (piece.style == SpanStyle::code) {
      fill({line.x0 - f.px(2), line.y0 + f.px(1), line.x1 + f.px(2), line.y1 - f.px(1)}, f.theme.surface3,
           f.px(4));
    }
    const Colour ink = ink_of(f, piece, at);
    list.AddText(font, font->FontSize, {x, y}, ink, piece.text.data(), piece.text.data() + piece.text.size());
    if (piece.style == SpanStyle::struck) hairline(f, line.x0, line.x1, (line.y0 + line.y1) / 2, ink);
    if (piece.link == 0 || !ImGui::IsWindowHovered()) continue;
    if (ImGui::IsMouseHoveringRect({line.x0, line.y0}, {line.x1, line.y1})) {
      under_mouse = &layout.links[piece.link - 1];
      hairline(f, line.x0, line.x1, line.y1 - f.px(2), ink);
    }
  }
  return under_mouse;
}

}  // namespace wardroom::ui
