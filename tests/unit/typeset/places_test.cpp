#include <algorithm>
#include <cmath>

#include "common/text/boundaries.hpp"
#include "tests/unit/typeset/samples.hpp"

using namespace wardroom;
using namespace wardroom::typeset;
using test::laid_out;

namespace {

constexpr float kNear = 0.05F;

struct Sample {
  std::string text;
  TextLayout layout;
};

Sample made_sample(std::mt19937& random, bool with_lines) {
  Sample sample{test::made_text(random, with_lines), {}};
  const float width = 60 + static_cast<float>(random() % 300);
  sample.layout = laid_out(sample.text, {.width = width, .align = random() % 2 == 0});
  return sample;
}

}  // namespace

TEST_CASE("a click beside a character puts the cursor on that side of it, where it is seen") {
  std::mt19937 random(1);
  int tried = 0;
  for (int round = 0; round < 200; ++round) {
    const Sample sample = made_sample(random, true);
    INFO(round << ": " << sample.text);
    for (std::size_t i = 0; i < sample.layout.lines.size(); ++i) {
      for (const Stop& stop : sample.layout.stops_of(sample.layout.lines[i])) {
        const float width = stop.right - stop.left;
        if (width < 1) continue;
        for (const bool right : {false, true}) {
          const float edge = right ? stop.right : stop.left;
          const Caret caret = caret_in_line(sample.layout, i, right ? edge - width / 4 : edge + width / 4);
          CHECK(caret.position == (right == stop.right_to_left ? stop.begin : stop.end));
          const CaretPlace place = place_of(sample.layout, caret);
          CHECK(place.line == i);
          CHECK(std::abs(place.x - edge) < kNear);
          ++tried;
        }
      }
    }
  }
  CHECK(tried > 2'000);
}

TEST_CASE("every point of the plane means a place between two characters") {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    const Sample sample = made_sample(random, true);
    const auto boundaries = text::find_boundaries(sample.text, false);
    for (int i = 0; i < 50; ++i) {
      const float x = static_cast<float>(random() % 600) - 100;
      const float y = static_cast<float>(random() % 400) - 100;
      const Caret caret = caret_at(sample.layout, x, y);
      REQUIRE(caret.position <= sample.text.size());
      CHECK((boundaries[caret.position] & text::kCharacterBegins) != 0);
      CHECK(place_of(sample.layout, caret).line == line_at(sample.layout, y));
    }
  }
}

TEST_CASE("Right and Left step over one character each, in the order of the eye, and lead back") {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::string text = test::made_text(random, false);
    const TextLayout layout = laid_out(text);
    INFO(round << ": " << text);
    Caret caret = caret_in_line(layout, 0, -100);
    std::vector<float> seen{place_of(layout, caret).x};
    while (const auto next = step_right(layout, caret)) {
      caret = *next;
      seen.push_back(place_of(layout, caret).x);
      REQUIRE(seen.size() <= layout.stops.size() + 1);
    }
    CHECK(seen.size() == layout.stops.size() + 1);
    CHECK(std::ranges::is_sorted(seen));
    for (std::size_t i = seen.size() - 1; i > 0; --i) {
      const auto back = step_left(layout, caret);
      REQUIRE(back);
      caret = *back;
      CHECK(std::abs(place_of(layout, caret).x - seen[i - 1]) < kNear);
    }
    CHECK_FALSE(step_left(layout, caret));
  }
}

TEST_CASE("where a line wraps the cursor goes on in the next one, with no step for nothing") {
  for (const std::string text : {"one two three four five six", "שלום עולם שלום עולם שלום",
                                 "漢字かな漢字かな漢字かな漢字かな漢字かな漢字"}) {
    const TextLayout layout = laid_out(text, {.width = 50});
    REQUIRE(layout.lines.size() > 2);
    const bool from_right = layout.lines.front().right_to_left;
    Caret caret{0, false};
    std::size_t steps = 0;
    while (const auto next = from_right ? step_left(layout, caret) : step_right(layout, caret)) {
      CHECK(next->position == text::next_character(text, caret.position));
      caret = *next;
      ++steps;
    }
    CHECK(caret.position == text.size());
    CHECK(steps == layout.stops.size());
    while (const auto next = from_right ? step_right(layout, caret) : step_left(layout, caret)) {
      CHECK(next->position == text::previous_character(text, caret.position));
      caret = *next;
    }
    CHECK(caret.position == 0);
  }
}

TEST_CASE("Home and End are where the line is read from and to") {
  std::mt19937 random(4);
  for (int round = 0; round < 100; ++round) {
    const Sample sample = made_sample(random, true);
    for (std::size_t i = 0; i < sample.layout.lines.size(); ++i) {
      CHECK(place_of(sample.layout, line_start(sample.layout, i)).line == i);
      CHECK(place_of(sample.layout, line_end(sample.layout, i)).line == i);
      CHECK(line_start(sample.layout, i).position == sample.layout.lines[i].begin);
      CHECK(line_end(sample.layout, i).position == sample.layout.lines[i].end);
    }
  }
}

TEST_CASE("a selection covers its characters and no others") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    const Sample sample = made_sample(random, true);
    INFO(round << ": " << sample.text);
    std::size_t begin = random() % (sample.text.size() + 1), end = random() % (sample.text.size() + 1);
    if (begin > end) std::swap(begin, end);
    float wanted = 0;
    for (const Stop& stop : sample.layout.stops)
      if (begin < end && stop.begin < end && stop.end > begin) wanted += stop.right - stop.left;
    float covered = 0;
    for (const SelectedSpan& span : selected_spans(sample.layout, begin, end))
      covered += span.right - span.left;
    CHECK(std::abs(covered - wanted) < 0.5F);
    const auto all = selected_spans(sample.layout, 0, sample.text.size());
    for (const SelectedSpan& span : all) {
      const LaidLine& line = sample.layout.lines[span.line];
      CHECK(std::abs(span.left - line.left) < kNear);
      CHECK(std::abs(span.right - line.right) < 0.5F);
    }
  }
  // In the order of the text one stretch, on the screen two.
  const std::string mixed = "ab שלום";
  CHECK(selected_spans(laid_out(mixed), 1, 5).size() == 2);
}

TEST_CASE("what is typed at the end of a stretch of the other direction stays beside it") {
  const std::string text = "ab של";
  const TextLayout layout = laid_out(text + " cd");
  // Behind the last Hebrew letter: to the left of it, or before the space behind.
  const CaretPlace upstream = place_of(layout, {text.size(), true});
  const CaretPlace downstream = place_of(layout, {text.size(), false});
  CHECK(upstream.x < downstream.x);
  CHECK(std::abs(upstream.x - laid_out("ab ").width) < kNear);
}
