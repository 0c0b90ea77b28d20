#include "common/ui/theme.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "common/ui/draw.hpp"

using namespace wardroom::ui;

namespace {
constexpr double kAaText = 4.5;   // WCAG 2.1, 1.4.3
constexpr double kAaShape = 3.0;  // 1.4.11: icons, dots, the frame of a field in focus
}  // namespace

TEST_CASE("text is readable on every surface it stands on, in both themes") {
  const auto kind = GENERATE(ThemeKind::dark, ThemeKind::light);
  const Theme& t = theme(kind);
  for (const Colour surface : {t.surface0, t.surface1, t.surface2, t.surface3, t.accent_soft, t.mention}) {
    CHECK(contrast(t.text0, surface) >= kAaText);
    CHECK(contrast(t.text1, surface) >= kAaText);
  }
  CHECK(contrast(t.text2, t.surface0) >= kAaText);
  CHECK(contrast(t.text2, t.surface1) >= kAaText);
  for (const Colour colour : {t.accent, t.ok, t.warn, t.bad}) CHECK(contrast(colour, t.surface1) >= kAaText);
  for (const Colour colour : {t.accent, t.bad}) CHECK(contrast(colour, t.surface2) >= kAaText);
  CHECK(contrast(t.on_accent, t.accent) >= kAaText);
  CHECK(contrast(t.on_bad, t.bad) >= kAaText);
}

TEST_CASE("states and focus stand out from the surfaces around them") {
  const auto kind = GENERATE(ThemeKind::dark, ThemeKind::light);
  const Theme& t = theme(kind);
  for (const Colour surface : {t.surface0, t.surface1, t.surface2}) {
    for (const Colour state : {t.ok, t.warn, t.bad, t.accent}) CHECK(contrast(state, surface) >= kAaShape);
  }
}

TEST_CASE("initials are readable on each avatar, and a name keeps its colour") {
  for (const char* name :
       {"Lena Moreau", "Amara Osei", "Tomasz Wilk", "Priya Nair", "Jonas Berg", "Wei Chen", "x", ""}) {
    CHECK(contrast(rgb(0xffffff), avatar_colour(name)) >= kAaText);
    CHECK(avatar_colour(name) == avatar_colour(std::string{name}));
  }
}

TEST_CASE("contrast is WCAG's: 21 for black on white, 1 for equal colours") {
  CHECK(contrast(rgb(0x000000), rgb(0xffffff)) == Approx(21.0));
  CHECK(contrast(rgb(0x777777), rgb(0x777777)) == Approx(1.0));
  CHECK(contrast(rgb(0x777777), rgb(0xffffff)) == Approx(4.48).epsilon(0.01));
}

TEST_CASE("initials come from the first two words") {
  CHECK(initials("Lena Moreau") == "LM");
  CHECK(initials("lena.moreau") == "LM");
  CHECK(initials("Jean Claude van Damme") == "JC");
  CHECK(initials("élodie") == "é");
  CHECK(initials("") == "");
}
