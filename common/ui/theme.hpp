#pragma once

#include <cstdint>
#include <string_view>

namespace wardroom::ui {

// A colour as draw lists take it: 0xAABBGGRR.
using Colour = std::uint32_t;

// From the way designers write it: rgb(0x16181d).
constexpr Colour rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
  return (alpha << 24) | ((hex & 0xffU) << 16) | (hex & 0xff00U) | ((hex >> 16) & 0xffU);
}
constexpr Colour with_alpha(Colour colour, std::uint32_t alpha) {
  return (colour & 0x00ffffffU) | (alpha << 24);
}
// `part` of `over` (0 to 1) laid over opaque `under`.
Colour mix(Colour under, Colour over, float part);

enum class ThemeKind { dark, light };

// Every colour of both programs has a name here; nothing else names a colour.
// text2 keeps its contrast on surface0 and surface1 only; on raised surfaces quiet text is text1.
struct Theme {
  ThemeKind kind;
  Colour surface0;     // side bars
  Colour surface1;     // main
  Colour surface2;     // raised: fields, cards
  Colour surface3;     // pressed, pills
  Colour line;         // hairlines
  Colour text0;        // primary
  Colour text1;        // secondary
  Colour text2;        // quiet
  Colour accent;       // links, primary buttons, focus
  Colour accent_soft;  // selection
  Colour on_accent;    // text on accent
  Colour ok;
  Colour warn;
  Colour bad;
  Colour on_bad;   // text on bad
  Colour mention;  // behind a message that names you
  Colour scrim;    // over the window, under a dialog
};

const Theme& theme(ThemeKind kind);

// The disc behind a person's initials: the same for a name on every PC. White text on it is readable.
Colour avatar_colour(std::string_view name);

// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
double contrast(Colour a, Colour b);

}  // namespace wardroom::ui
