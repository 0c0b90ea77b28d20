#include "common/typeset/bidi.hpp"

#include <catch2/catch.hpp>

using namespace wardroom::typeset;

namespace {

using Levels = std::vector<std::uint8_t>;
using Order = std::vector<std::size_t>;

Levels levels_of(std::u32string_view text, Direction base = Direction::from_text) {
  return Bidi{text, base}.line_levels(0, text.size());
}

}  // namespace

TEST_CASE("a paragraph runs as its first letter does") {
  CHECK_FALSE(Bidi(U"abc", Direction::from_text).right_to_left());
  CHECK(Bidi(U"1. אב", Direction::from_text).right_to_left());
  CHECK_FALSE(Bidi(U"a אב", Direction::from_text).right_to_left());
  CHECK_FALSE(Bidi(U"123", Direction::from_text).right_to_left());
  CHECK(Bidi(U"abc", Direction::right_to_left).right_to_left());
  CHECK_FALSE(Bidi(U"אב", Direction::left_to_right).right_to_left());
}

TEST_CASE("words of the other direction are embedded, and numbers run to the right everywhere") {
  CHECK(levels_of(U"ab אב") == Levels{0, 0, 0, 1, 1});
  CHECK(levels_of(U"אב 12") == Levels{1, 1, 1, 2, 2});
  CHECK(levels_of(U"ab", Direction::right_to_left) == Levels{2, 2});
}

TEST_CASE("spaces at the end of a line stand where the paragraph ends") {
  CHECK(levels_of(U"ab אב ") == Levels{0, 0, 0, 1, 1, 0});
  const Bidi bidi{U"ab אב גד", Direction::from_text};
  // The space within the Hebrew words, and the same where the line ends there.
  CHECK(bidi.line_levels(3, 8) == Levels{1, 1, 1, 1, 1});
  CHECK(bidi.line_levels(3, 6) == Levels{1, 1, 0});
}

TEST_CASE("an isolate keeps to itself, and what isn't closed ends with the paragraph") {
  // Without the isolate the number would go to the left of the name.
  CHECK(levels_of(U"אב: 5")[4] == 2);
  CHECK(levels_of(U"x \u2068אב\u2069: 5") == Levels{0, 0, 0, 1, 1, 0, 0, 0, 0});
  CHECK(levels_of(U"\u202Eab").back() % 2 == 1);
}

TEST_CASE("pieces are ordered from left to right by their levels") {
  CHECK(visual_order(Levels{0, 0}) == Order{0, 1});
  CHECK(visual_order(Levels{1, 1, 1}) == Order{2, 1, 0});
  CHECK(visual_order(Levels{0, 1, 1, 0}) == Order{0, 2, 1, 3});
  CHECK(visual_order(Levels{1, 2, 2, 1}) == Order{3, 1, 2, 0});
  CHECK(visual_order(Levels{}).empty());
}
