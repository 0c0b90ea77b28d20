#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "common/typeset/text_layout.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/recorder.hpp"

namespace wardroom::ui {

enum class SpanStyle { plain, bold, italic, code, link, mention, quiet, struck };

// A run of text in one style.
struct Span {
  SpanStyle style = SpanStyle::plain;
  std::string text;
  std::string target;     // of a link
  bool named = false;     // the text of the link isn't its target
  bool aside = false;     // a remark on the text, which selecting and copying leave out
  bool isolated = false;  // a name, whose direction is its own; links, mentions and code are so anyhow
};

// A paragraph, a quotation or a block of code.
struct Block {
  enum class Kind { paragraph, quote, code, bullet };
  Kind kind = Kind::paragraph;
  std::vector<Span> spans;
};

// Where a text stands when it is wrapped at a width; made once, drawn in many frames.
struct RichLayout {
  struct Run {  // of a part; a span, or what of it a line of the block has
    SpanStyle style = SpanStyle::plain;
    std::uint32_t link = 0;          // index into `links` plus one; 0: none
    std::size_t begin = 0, end = 0;  // bytes of the part
    std::size_t seen = 0;            // where it begins in seen_text(), bytes
    bool aside = false;
  };
  struct Part {  // a block's text
    typeset::TextLayout text;
    std::vector<Run> runs;
    float x = 0, y = 0;
    std::size_t seen = 0;  // where it begins in seen_text(), bytes
  };
  struct Link {
    std::string target;
    bool named = false;
  };
  struct Box {  // behind the text: code blocks, the bar of quotations, bullets
    Block::Kind kind = Block::Kind::paragraph;
    Rect rect;
    bool mirrored = false;  // beside a text that is written from the right
  };
  std::vector<Part> parts;  // from above
  std::vector<Box> boxes;
  std::vector<Link> links;
  float height = 0;
  float width = 0;  // that the longest line took
  float line = 0;   // height of a line, at least

  // About how much memory it takes.
  std::size_t bytes() const;
};

RichLayout lay_out(FrameContext& f, const std::vector<Block>& blocks, float width);

// The blocks as one text, as they are seen: a line for each paragraph, without what marks them up. Offsets
// into it are the places of a selection; they don't depend on how the text is wrapped.
std::string seen_text(const std::vector<Block>& blocks);

// The offset that is closest to a point, in pixels from the layout's upper left corner. Always one at which
// what a reader takes for a character begins, or the text ends; above the first line it is in the first one,
// below the last in the last.
std::size_t offset_at(const RichLayout& layout, float x, float y);

struct RichPoint {
  float x = 0, y = 0;  // of the line's upper edge
};
// Where the character at the offset begins. An offset that isn't drawn stands where the text before it ends.
RichPoint point_of(const RichLayout& layout, std::size_t offset);

struct RichDraw {
  float x = 0, y = 0;
  Colour ink = 0;
  bool dimmed = false;                               // links and mentions take the ink, too
  std::size_t selected_begin = 0, selected_end = 0;  // offsets; the same: nothing is selected
};
// Returns the link under the mouse, or null.
const RichLayout::Link* draw_rich(FrameContext& f, const RichLayout& layout, const RichDraw& at);

}  // namespace wardroom::ui
