#include "common/ui/fonts.hpp"

#include <fstream>
#include <imgui.h>

#include <catch2/catch.hpp>

#include "common/base/utf8.hpp"
#include "common/text/emoji_sequence.hpp"

using namespace wardroom;
using namespace wardroom::ui;

namespace {

struct Loaded {
  ImFontAtlas atlas;
  std::unique_ptr<Fonts> fonts;
  Loaded() {
    auto faces = typeset::Faces::open_installed();
    REQUIRE(faces);
    auto made = Fonts::load(atlas, *std::move(faces), 1);
    REQUIRE(made);
    fonts = *std::move(made);
  }
  // As many of the text's glyphs as the texture has room for; whether that is all.
  bool draw(std::string_view text) {
    const typeset::TextLayout& layout = fonts->line(FontRole::heading, text);
    for (const typeset::PlacedGlyph& one : layout.glyphs) fonts->glyphs().find(one.font, one.glyph, 0);
    return !fonts->needs_rebuild();
  }
};

constexpr const char* kFamily = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
constexpr const char* kWave = "\U0001F44B\U0001F3FD";
constexpr const char* kFlag = "\U0001F1EF\U0001F1F5";
constexpr const char* kHeart = "\u2764\uFE0F";
constexpr const char* kKeycap = "1\uFE0F\u20E3";

}  // namespace

TEST_CASE("an emoji sequence is one unit: families, skin tones, flags, keycaps") {
  for (const char* emoji :
       {kFamily, kWave, kFlag, kHeart, kKeycap, "\U0001F600", "\U0001F3F4\u200D\u2620\uFE0F"}) {
    const std::string text = std::string{emoji} + "x";
    CHECK(text::emoji_sequence_length(text, 0) == std::string_view{emoji}.size());
  }
}

TEST_CASE("what only looks like an emoji stays text") {
  for (const char* text : {"1", "#", "a", "\u2764", "\u00A9", "\u2192", "\U0001F1EF", "\u2714\uFE0E"}) {
    CHECK(text::emoji_sequence_length(text, 0) == 0);
  }
}

TEST_CASE("an emoji is drawn in colour, in every size") {
  Loaded loaded;
  for (const FontRole role : {FontRole::text, FontRole::small, FontRole::heading}) {
    const typeset::TextLayout& layout = loaded.fonts->line(role, kWave);
    REQUIRE(layout.glyphs.size() == 1);
    CHECK(layout.width > 8);
    const AtlasGlyph* glyph = loaded.fonts->glyphs().find(layout.glyphs[0].font, layout.glyphs[0].glyph, 0);
    REQUIRE(glyph);
    CHECK(glyph->coloured);
  }
  const auto uploads = loaded.fonts->take_uploads();
  REQUIRE(uploads.size() == 3);
  bool colourful = false;
  for (const std::uint32_t pixel : uploads[0].pixels) {
    if ((pixel >> 24) > 200 && (pixel & 0xff) != ((pixel >> 8) & 0xff)) colourful = true;
  }
  CHECK(colourful);
  // Once it is there, nothing is made for it.
  CHECK(loaded.draw(kWave));
  CHECK(loaded.fonts->take_uploads().empty());
}

TEST_CASE("when the room for glyphs runs out, a larger texture has room for all of them") {
  Loaded loaded;
  std::string text;
  for (char32_t c = 0x1F400; c < 0x1F900; ++c) append_code_point(text, c);
  int rebuilds = 0;
  while (!loaded.draw(text) && rebuilds < 10) {
    REQUIRE(loaded.fonts->rebuild());
    ++rebuilds;
  }
  CHECK(rebuilds > 0);
  CHECK(loaded.draw(text));
}

TEST_CASE("a glyph has a picture of its own for each quarter of a pixel") {
  Loaded loaded;
  const typeset::PlacedGlyph glyph = loaded.fonts->line(FontRole::text, "i").glyphs.at(0);
  CHECK(loaded.fonts->glyphs().find(glyph.font, glyph.glyph, 0) !=
        loaded.fonts->glyphs().find(glyph.font, glyph.glyph, 2));
  const auto uploads = loaded.fonts->take_uploads();
  REQUIRE(uploads.size() == 2);
  CHECK(uploads[0].pixels != uploads[1].pixels);
}

TEST_CASE("a line that is too wide ends in an ellipsis, where its reading ends") {
  Loaded loaded;
  const std::string latin = "The quarterly figures of the northern office";
  const typeset::TextLayout& cut = loaded.fonts->line(FontRole::text, latin, 100);
  CHECK(cut.width <= 100);
  CHECK(cut.width > 70);
  CHECK(loaded.fonts->line(FontRole::text, latin, 1000).width ==
        loaded.fonts->line(FontRole::text, latin).width);
  const std::string hebrew = "שלום עולם שלום עולם שלום עולם";
  const typeset::TextLayout& from_right = loaded.fonts->line(FontRole::text, hebrew, 100);
  CHECK(from_right.width <= 100);
  REQUIRE_FALSE(from_right.stops.empty());
  CHECK(from_right.stops.front().end - from_right.stops.front().begin == 3);  // the ellipsis
  CHECK(from_right.lines.front().right_to_left);
}

TEST_CASE("what isn't drawn any more is laid out anew, and what is drawn stays") {
  Loaded loaded;
  const typeset::TextLayout* kept = &loaded.fonts->line(FontRole::text, "kept");
  for (int frame = 0; frame < 40; ++frame) {
    loaded.fonts->begin_frame();
    REQUIRE(&loaded.fonts->line(FontRole::text, "kept") == kept);
    loaded.fonts->line(FontRole::text,
                       std::string(4096, static_cast<char>('a' + frame % 26)) + std::to_string(frame));
  }
}

TEST_CASE("a PC without fonts is told which packages to install") {
  const auto files = typeset::find_font_files(typeset::list_fonts({"/nonexistent"}));
  REQUIRE_FALSE(files);
  CHECK(files.error().message.find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("a broken font file is named") {
  auto files = typeset::find_font_files();
  REQUIRE(files);
  const auto broken = std::filesystem::temp_directory_path() / "wardroom-not-a-font.ttf";
  std::ofstream{broken} << "nothing";
  files->bold = broken;
  const auto faces = typeset::Faces::open(*files, nullptr);
  std::filesystem::remove(broken);
  REQUIRE_FALSE(faces);
  CHECK(faces.error().message.find("wardroom-not-a-font.ttf") != std::string::npos);
}
