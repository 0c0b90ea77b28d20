#include <algorithm>
#include <cmath>

#include "common/base/utf8.hpp"
#include "common/text/boundaries.hpp"
#include "tests/unit/typeset/samples.hpp"

using namespace wardroom;
using namespace wardroom::typeset;
using test::laid_out;

namespace {

// The stops in the order of the text.
std::vector<Stop> in_order(const TextLayout& layout) {
  std::vector<Stop> stops = layout.stops;
  std::ranges::sort(stops, {}, &Stop::begin);
  return stops;
}

// What of the text stands to the left of what, as places in the text.
std::vector<std::size_t> begins_from_left(const TextLayout& layout) {
  std::vector<std::size_t> begins;
  for (const Stop& stop : layout.stops) begins.push_back(stop.begin);
  return begins;
}

bool any_is_missing(const TextLayout& layout) {
  return std::ranges::any_of(layout.glyphs, [](const PlacedGlyph& one) { return one.glyph == 0; });
}

}  // namespace

TEST_CASE("every byte of a text but its line breaks stands in one place, at every width") {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const std::string text = test::made_text(random, true);
    const float width = round % 3 == 0 ? 0 : 40 + static_cast<float>(random() % 400);
    const TextLayout layout = laid_out(text, {.width = width, .align = round % 2 == 0});
    INFO(round << ": " << text);
    std::size_t at = 0;
    for (const Stop& stop : in_order(layout)) {
      while (at < stop.begin && text[at] == '\n') ++at;
      REQUIRE(stop.begin == at);
      REQUIRE(stop.end > stop.begin);
      at = stop.end;
    }
    while (at < text.size() && text[at] == '\n') ++at;
    CHECK(at == text.size());
  }
}

TEST_CASE("a line is no wider than it may be, unless one character is, and its characters touch") {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    const std::string text = test::made_text(random, true);
    const float width = 40 + static_cast<float>(random() % 300);
    const TextLayout layout = laid_out(text, {.width = width, .align = round % 2 == 0});
    INFO(round << ": " << text);
    float top = 0;
    for (const LaidLine& line : layout.lines) {
      const auto stops = layout.stops_of(line);
      const auto seen = std::ranges::count_if(stops, [](const Stop& stop) { return stop.right > stop.left; });
      // A line that is cut is shaped anew, and kerning is another there.
      if (seen > 1) CHECK(line.right - line.left <= width + 3);
      for (std::size_t i = 1; i < stops.size(); ++i)
        CHECK(std::abs(stops[i].left - stops[i - 1].right) < 0.1F);
      if (!stops.empty()) CHECK(std::abs(stops.front().left - line.left) < 0.1F);
      CHECK(line.top == top);
      top += line.height;
    }
    CHECK(layout.height == top);
  }
}

TEST_CASE("lines break at words, also where none are written apart, and spaces hang behind them") {
  const std::string text = "one two three";
  const float width = laid_out("one two").width + 1;
  const TextLayout layout = laid_out(text, {.width = width});
  REQUIRE(layout.lines.size() == 2);
  CHECK(layout.lines[1].begin == 8);
  CHECK(layout.lines[0].right <= width);
  const std::string thai = "ภาษาไทย";
  const TextLayout wrapped = laid_out(thai, {.width = laid_out(thai).width - 1});
  REQUIRE(wrapped.lines.size() == 2);
  CHECK(wrapped.lines[1].begin == 12);
  CHECK(laid_out("", {.width = 80}).lines.size() == 1);
  CHECK(laid_out("x\n", {.width = 80}).lines.size() == 2);
  CHECK(laid_out("x\n", {.single_line = true}).lines.size() == 1);
}

TEST_CASE("scripts are shaped: letters join, conjuncts are one, marks take no room of their own") {
  // Alone the letters have other shapes than in the word.
  const auto glyph_of = [](std::string_view text) { return laid_out(text).glyphs.front().glyph; };
  const TextLayout word = laid_out("مرحبا");
  CHECK(word.glyphs.size() == 5);
  CHECK(word.glyphs.back().glyph != glyph_of("م"));
  // Lam and alef are one glyph, and two places for the cursor.
  const TextLayout ligature = laid_out("لا");
  CHECK(ligature.glyphs.size() == 1);
  CHECK(ligature.stops.size() == 2);
  CHECK(laid_out("क्ष").glyphs.size() < count_code_points("क्ष"));
  CHECK(laid_out("क्ष").stops.size() == 1);
  CHECK(laid_out("ชื่").stops.size() == 1);
  CHECK(laid_out("e\u0301\u0332").stops.size() == 1);
  CHECK(laid_out("e\u0301\u0332").width == laid_out("e").width);
  CHECK(laid_out("\U0001F469\u200D\U0001F692").glyphs.size() == 1);
  CHECK(laid_out("a\tb").width > laid_out("a b").width);
}

TEST_CASE("fonts are found for what the own ones lack, in every weight") {
  for (const std::string_view text : {"मराठी", "தமிழ்", "ภาษา", "አማርኛ", "ქართული", "שלום", "مرحبا", "ខ្មែរ",
                                      "မြန်မာ", "ગુજરાતી", "ಕನ್ನಡ", "తెలుగు", "മലയാളം", "සිංහල"}) {
    for (const Style style : {Style::regular, Style::bold, Style::italic, Style::mono}) {
      const StyledRun run{text.size(), {style, 14}};
      INFO(text);
      CHECK_FALSE(any_is_missing(lay_out(test::faces(), text, {&run, 1})));
    }
  }
  // No font has it, and none has it a second time.
  CHECK(any_is_missing(laid_out("\U0003FFFD\U0003FFFD")));
}

TEST_CASE("where there is no fontconfig, a table knows the fonts") {
  const auto table = make_font_table(list_installed_fonts());
  const auto found = table->list(U'ह', "Deva", false);
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().path.filename() == "NotoSansDevanagari-Regular.ttf");
  CHECK(table->list(U'ह', "Deva", true).front().path.filename() == "NotoSansDevanagari-Bold.ttf");
  CHECK(make_font_table({})->list(U'ह', "Deva", false).empty());
}

TEST_CASE("a name can't turn its neighbours round") {
  const std::string before = "From ", after = ": 5 > 3 (ok)";
  for (const std::string name :
       {"שלום", "مرحبا 12", "\u202Eevil", "\u2067abc", "a \u05D0", "\u2069\u2069שלום"}) {
    const std::string sentence = before + text::isolated(name) + after;
    const std::size_t behind = sentence.size() - after.size();
    std::vector<std::size_t> begins = begins_from_left(laid_out(sentence));
    std::erase_if(begins, [&](std::size_t at) { return at >= before.size() && at < behind; });
    INFO(name);
    CHECK(begins.size() == before.size() + after.size());
    CHECK(std::ranges::is_sorted(begins));
    // The same by a run's mark, with no signs in the text.
    const StyledRun runs[] = {{before.size(), {}, false},
                              {before.size() + name.size(), {}, true},
                              {before.size() + name.size() + after.size(), {}, false}};
    begins = begins_from_left(lay_out(test::faces(), before + name + after, runs));
    std::erase_if(begins,
                  [&](std::size_t at) { return at >= before.size() && at < before.size() + name.size(); });
    CHECK(std::ranges::is_sorted(begins));
  }
  // It does so where it isn't isolated.
  CHECK_FALSE(std::ranges::is_sorted(begins_from_left(laid_out("\u05D0: 5"))));
}

TEST_CASE("what is written from the right stands at the right edge") {
  const TextLayout layout = laid_out("שלום\nabc", {.width = 300, .align = true});
  REQUIRE(layout.lines.size() == 2);
  CHECK(layout.lines[0].right > 298);
  CHECK(layout.lines[1].left == 0);
  CHECK(laid_out("שלום", {.width = 300}).lines[0].left == 0);
  // An empty line goes on as the one before it.
  CHECK(laid_out("שלום\n").lines[1].right_to_left);
}

TEST_CASE("bytes that aren't UTF-8 and controls are shown, and break nothing") {
  for (const std::string& text :
       {std::string("a\xFF\xFEz"), std::string("\xE2\x82"), std::string("\xF0\x9F\x98"),
        std::string("\0\x01", 2), std::string("\u0600\xFF"), std::string("\r\n\r")}) {
    const TextLayout layout = laid_out(text, {.width = 50});
    CHECK(layout.lines.size() >= 1);
    for (const Stop& stop : layout.stops) CHECK(stop.end <= text.size());
  }
  CHECK(laid_out("a\xFFz").stops.size() == 3);
  CHECK(laid_out("a\xFFz").width == laid_out("a\uFFFDz").width);
}

TEST_CASE("long and hostile texts are laid out whole") {
  const std::string unbroken(16 << 10, 'x');
  CHECK(laid_out(unbroken, {.width = 300}).stops.size() == unbroken.size());
  std::string emoji;
  for (int i = 0; i < 10'000; ++i) append_code_point(emoji, 0x1F600 + static_cast<char32_t>(i % 64));
  CHECK(laid_out(emoji, {.width = 300}).stops.size() == 10'000);
  std::string marks = "a";
  for (int i = 0; i < 4'000; ++i) marks += "\u0301";
  CHECK(laid_out(marks, {.width = 300}).stops.size() == 1);
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "\u2067\u202E";
  CHECK(laid_out(deep + "x", {.width = 300}).lines.size() >= 1);
}
