#include "common/typeset/itemise.hpp"

#include <algorithm>
#include <optional>

#include <unicode/uchar.h>

#include "common/base/utf8.hpp"
#include "common/text/boundaries.hpp"
#include "common/text/emoji_sequence.hpp"
#include "common/typeset/shaper.hpp"

namespace wardroom::typeset {
namespace {

constexpr char32_t kFirstStrongIsolate = 0x2068;
constexpr char32_t kPopIsolate = 0x2069;
constexpr char32_t kUnseen = 0x200B;

// Controls have no picture; those that divide a text are spaces where they stand within a line.
char32_t as_shown(char32_t c) {
  if (c == '\t' || c == '\n' || c == 0x2028 || c == 0x2029) return ' ';
  if (c == '\r') return kUnseen;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0xFFFD : c;
}

bool reorders(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

Itemised decode(std::string_view text, std::span<const StyledRun> runs,
                std::span<const std::uint8_t> boundaries, std::size_t begin, std::size_t end) {
  Itemised out;
  const auto mark = [&](char32_t sign) {
    out.code_points += sign;
    out.owners.push_back(out.characters.size());
  };
  std::size_t run = 0;
  std::optional<std::size_t> open;  // the run that is isolated now
  for (std::size_t at = begin; at < end;) {
    while (run + 1 < runs.size() && runs[run].end <= at) ++run;
    if (open && run != *open) {
      mark(kPopIsolate);
      open.reset();
    }
    if (!open && runs[run].isolated) {
      mark(kFirstStrongIsolate);
      open = run;
    }
    Character one;
    one.begin = at;
    one.first = out.code_points.size();
    one.run = static_cast<std::uint16_t>(run);
    one.tab = text[at] == '\t';
    one.may_begin_line = (boundaries[at] & text::kLineMayBegin) != 0;
    do {
      const char32_t c = as_shown(next_mended_code_point(text.substr(0, end), at));
      // Only what is put around it isolates it: a mark of its own could end that.
      mark(open && reorders(c) ? kUnseen : c);
    } while (at < end && (boundaries[at] & text::kCharacterBegins) == 0);
    one.end = at;
    one.last = out.code_points.size();
    one.space = u_isWhitespace(static_cast<UChar32>(out.code_points[one.first])) != 0;
    out.characters.push_back(one);
  }
  if (open) mark(kPopIsolate);
  return out;
}

void choose_fonts(Faces& faces, std::string_view text, std::span<const StyledRun> runs, Itemised& items) {
  std::uint32_t script = 0;
  std::optional<FontId> previous;
  for (Character& one : items.characters) {
    const std::u32string_view signs =
        std::u32string_view{items.code_points}.substr(one.first, one.last - one.first);
    const std::uint32_t own = script_of(signs.front());
    if (!is_of_no_script(own)) script = own;
    one.script = script;
    const std::string_view bytes = text.substr(one.begin, one.end - one.begin);
    const bool emoji =
        bytes.size() > 1 && is_valid_utf8(bytes) && text::emoji_sequence_length(bytes, 0) == bytes.size();
    one.font = faces.font_of(runs[one.run].pen, signs, emoji, script_code(own), previous);
    previous = one.font;
  }
  // Signs before the first letter are of its script.
  const auto lettered =
      std::ranges::find_if(items.characters, [](const Character& one) { return one.script != 0; });
  const std::uint32_t first = lettered == items.characters.end() ? script_of(U' ') : lettered->script;
  for (Character& one : items.characters) {
    if (one.script != 0) break;
    one.script = first;
  }
}

}  // namespace

Itemised itemise(Faces& faces, std::string_view text, std::span<const StyledRun> runs,
                 std::span<const std::uint8_t> boundaries, std::size_t begin, std::size_t end) {
  Itemised items = decode(text, runs, boundaries, begin, end);
  choose_fonts(faces, text, runs, items);
  return items;
}

}  // namespace wardroom::typeset
