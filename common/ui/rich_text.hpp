#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/ui/frame_context.hpp"
#include "common/ui/recorder.hpp"

namespace wardroom::ui {

enum class SpanStyle { plain, bold, italic, code, link, mention, quiet, struck };

// A run of text in one style. Texts are screen texts.
struct Span {
  SpanStyle style = SpanStyle::plain;
  std::string text;
  std::string target;  // of a link
  bool named = false;  // the text of the link isn't its target
};

// A paragraph, a quotation or a block of code.
struct Block {
  enum class Kind { paragraph, quote, code, bullet };
  Kind kind = Kind::paragraph;
  std::vector<Span> spans;
};

// Where each piece of a text stands when it is wrapped at a width; made once, drawn in many frames.
struct RichLayout {
  struct Piece {
    float x = 0, y = 0, width = 0;
    FontRole role = FontRole::text;
    SpanStyle style = SpanStyle::plain;
    std::string text;
    std::uint32_t link = 0;  // index into `links` plus one; 0: none
  };
  struct Link {
    std::string target;
    bool named = false;
  };
  struct Box {  // behind the text: code blocks, the bar of quotations, bullets
    Block::Kind kind = Block::Kind::paragraph;
    Rect rect;
  };
  std::vector<Piece> pieces;
  std::vector<Box> boxes;
  std::vector<Link> links;
  float height = 0;
  float width = 0;  // that the longest line took
};

RichLayout lay_out(FrameContext& f, const std::vector<Block>& blocks, float width);

struct RichDraw {
  float x = 0, y = 0;
  Colour ink = 0;
  bool dimmed = false;  // links and mentions take the ink, too
};
// Returns the link under the mouse, or null.
const RichLayout::Link* draw_rich(FrameContext& f, const RichLayout& layout, const RichDraw& at);

}  // namespace wardroom::ui
