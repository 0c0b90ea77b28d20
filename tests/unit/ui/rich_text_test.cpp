#include "common/ui/rich_text.hpp"

#include <imgui.h>
#include <random>

#include <catch2/catch.hpp>

#include "common/text/boundaries.hpp"
#include "common/ui/fonts.hpp"
#include "common/ui/frame_context.hpp"

using namespace wardroom;
using namespace wardroom::ui;

namespace {

// What a text is laid out with, without a window.
struct Desk {
  ImFontAtlas atlas;
  std::unique_ptr<Fonts> fonts;

  Desk() {
    auto faces = typeset::Faces::open_installed();
    REQUIRE(faces);
    auto loaded = Fonts::load(atlas, *std::move(faces), 1);
    REQUIRE(loaded);
    fonts = *std::move(loaded);
  }
  RichLayout lay_out(const std::vector<Block>& blocks, float width) {
    FrameContext f{theme(ThemeKind::dark), *fonts, 1, TimePoint{}};
    return ui::lay_out(f, blocks, width);
  }
};

std::vector<Block> made_blocks(std::mt19937& random) {
  const std::vector<std::string> words = {"a", "word", "of",    "Grüße",   "漢字",
                                          " ", "שלום", "हिन्दी", "\u202Ex", "\n",
                                          "—", "\n ",  "x  y",  "import",  "averyveryverylongone"};
  const auto below = [&](std::size_t count) { return random() % count; };
  std::vector<Block> blocks;
  for (std::size_t b = 0; b < 1 + below(5); ++b) {
    Block block{static_cast<Block::Kind>(below(4)), {}};
    for (std::size_t s = 0; s < below(4); ++s) {
      Span span{static_cast<SpanStyle>(below(8)), {}, {}};
      for (std::size_t w = 0; w < below(12); ++w) span.text += words[below(words.size())] + " ";
      span.aside = below(8) == 0;
      block.spans.push_back(span);
    }
    blocks.push_back(block);
  }
  return blocks;
}

// Whether only what no line shows lies between the two.
bool nothing_between(std::string_view seen, std::size_t a, std::size_t b) {
  for (std::string_view between = seen.substr(std::min(a, b), std::max(a, b) - std::min(a, b));
       !between.empty();) {
    if (between.starts_with("\xE2\x80\xA2"))
      between.remove_prefix(3);
    else if (between.front() == ' ' || between.front() == '\n')
      between.remove_prefix(1);
    else
      return false;
  }
  return true;
}

// What begins at the offset; null: nothing that is seen.
const typeset::Stop* find_stop(const RichLayout& layout, std::size_t offset) {
  for (const RichLayout::Part& part : layout.parts)
    for (const RichLayout::Run& run : part.runs)
      for (const typeset::Stop& stop : part.text.stops)
        if (!run.aside && stop.begin >= run.begin && stop.begin < run.end &&
            run.seen + stop.begin - run.begin == offset)
          return stop.right - stop.left >= 1 ? &stop : nullptr;
  return nullptr;
}

}  // namespace

TEST_CASE("each run of a layout stands in the seen text where it says, at every width") {
  Desk desk;
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const auto blocks = made_blocks(random);
    const std::string seen = seen_text(blocks);
    const RichLayout layout = desk.lay_out(blocks, 60 + static_cast<float>(random() % 500));
    std::size_t last = 0;
    REQUIRE(layout.parts.size() == blocks.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      std::size_t at = 0;
      std::size_t which = 0;
      for (const Span& span : blocks[i].spans) {
        if (span.text.empty()) continue;
        REQUIRE(which < layout.parts[i].runs.size());
        const RichLayout::Run& run = layout.parts[i].runs[which++];
        CHECK(run.begin == at);
        CHECK(run.end == at + span.text.size());
        at = run.end;
        if (span.aside) continue;
        CHECK(seen.substr(run.seen, span.text.size()) == span.text);
        CHECK(nothing_between(seen, last, run.seen));
        last = run.seen + span.text.size();
      }
    }
    CHECK(nothing_between(seen, last, seen.size()));
  }
}

TEST_CASE("an offset's place on the screen leads back to it") {
  Desk desk;
  std::mt19937 random(2);
  std::size_t tried = 0;
  for (int round = 0; round < 200; ++round) {
    const auto blocks = made_blocks(random);
    const std::string seen = seen_text(blocks);
    const RichLayout layout = desk.lay_out(blocks, 60 + static_cast<float>(random() % 500));
    for (std::size_t at = 0; at < seen.size(); at = text::next_character(seen, at)) {
      const typeset::Stop* stop = find_stop(layout, at);
      if (!stop) continue;
      // Beside the edge where it begins: where directions change, two places share that.
      const RichPoint point = point_of(layout, at);
      const float in = stop->right_to_left ? -0.1F : 0.1F;
      INFO(round << ", offset " << at << " in: " << seen);
      CHECK(offset_at(layout, point.x + in, point.y + layout.line / 2) == at);
      ++tried;
    }
  }
  CHECK(tried > 1000);
}

TEST_CASE("every point of the plane means a character's beginning or the end of the text") {
  Desk desk;
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    const auto blocks = made_blocks(random);
    const std::string seen = seen_text(blocks);
    const RichLayout layout = desk.lay_out(blocks, 200);
    for (int i = 0; i < 50; ++i) {
      const float x = static_cast<float>(random() % 600) - 200;
      const float y = static_cast<float>(random() % 800) - 200;
      const std::size_t at = offset_at(layout, x, y);
      REQUIRE(at <= seen.size());
      if (at < seen.size()) CHECK((static_cast<unsigned char>(seen[at]) & 0xC0) != 0x80);
    }
  }
}

TEST_CASE("a point finds the line at its height, and the nearer side of a character") {
  Desk desk;
  const std::vector<Block> blocks = {{Block::Kind::paragraph, {{SpanStyle::plain, "one\ntwo", {}}}},
                                     {Block::Kind::bullet, {{SpanStyle::bold, "three", {}}}}};
  const RichLayout layout = desk.lay_out(blocks, 400);
  REQUIRE(seen_text(blocks) == "one\ntwo\n\xE2\x80\xA2 three");
  const auto at = [&](float x, float line) { return offset_at(layout, x, (line + 0.5F) * layout.line); };
  CHECK(at(-50, 0) == 0);
  CHECK(at(0, -3) == 0);
  CHECK(at(390, 0) == 3);
  CHECK(at(0, 1) == 4);
  CHECK(at(390, 1) == 7);
  CHECK(at(0, 2) == 12);
  CHECK(at(390, 9) == 17);
  const float second = point_of(layout, 1).x;
  CHECK(at(second * 0.4F, 0) == 0);
  CHECK(at(second * 0.6F, 0) == 1);
}

TEST_CASE("a remark beside the text is no part of it") {
  Desk desk;
  Span mark{SpanStyle::quiet, " (edited)", {}};
  mark.aside = true;
  const std::vector<Block> blocks = {{Block::Kind::paragraph, {{SpanStyle::plain, "text", {}}, mark}}};
  const RichLayout layout = desk.lay_out(blocks, 400);
  CHECK(seen_text(blocks) == "text");
  CHECK(offset_at(layout, 390, 5) == 4);
  CHECK(point_of(layout, 4).x < layout.width);
}
