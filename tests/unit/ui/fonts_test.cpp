#include "common/ui/fonts.hpp"

#include <fstream>
#include <imgui.h>

#include <catch2/catch.hpp>

#include "common/base/utf8.hpp"
#include "common/ui/emoji_sequence.hpp"

using namespace wardroom;
using namespace wardroom::ui;

namespace {

struct Loaded {
  ImFontAtlas atlas;
  std::unique_ptr<Fonts> fonts;
  Loaded() {
    auto files = find_font_files();
    REQUIRE(files);
    auto made = Fonts::load(atlas, *files, 1);
    REQUIRE(made);
    fonts = *std::move(made);
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
    CHECK(emoji_sequence_length(text, 0) == std::string_view{emoji}.size());
  }
}

TEST_CASE("what only looks like an emoji stays text") {
  for (const char* text : {"1", "#", "a", "\u2764", "\u00A9", "\u2192", "\U0001F1EF", "\u2714\uFE0E"}) {
    CHECK(emoji_sequence_length(text, 0) == 0);
  }
}

TEST_CASE("every text comes back from the screen as it went in") {
  Loaded loaded;
  for (const std::string& wire :
       {std::string{"plain"}, std::string{"Grüße, Ωμέγα, Привет"},
        std::string{"hi "} + kFamily + kWave + kFlag + "!", std::string{kKeycap} + kHeart,
        std::string{"\U0001D54F math"}, std::string{"private \uE000\uE123"}, std::string{"漢字"}}) {
    CHECK(loaded.fonts->from_screen(loaded.fonts->to_screen(wire)) == wire);
  }
}

TEST_CASE("on the screen an emoji sequence is one character of 16 bits, the same each time") {
  Loaded loaded;
  const std::string screen = loaded.fonts->to_screen(kFamily);
  CHECK(count_code_points(screen) == 1);
  std::size_t at = 0;
  CHECK(next_code_point(screen, at) <= 0xFFFF);
  CHECK(loaded.fonts->to_screen(kFamily) == screen);
  CHECK(loaded.fonts->to_screen(kWave) != screen);
}

TEST_CASE("malformed text becomes replacement characters, not a crash") {
  Loaded loaded;
  CHECK(loaded.fonts->to_screen("a\xFFz") == "a\uFFFDz");
}

TEST_CASE("an emoji gets a coloured glyph when a text first needs it") {
  Loaded loaded;
  const std::string screen = loaded.fonts->to_screen(kWave);
  std::size_t at = 0;
  const auto c = static_cast<ImWchar>(next_code_point(screen, at));
  CHECK(loaded.fonts->get(FontRole::text)->FindGlyphNoFallback(c) == nullptr);
  REQUIRE(loaded.fonts->make_wanted_glyphs());
  for (const FontRole role : {FontRole::text, FontRole::small, FontRole::heading}) {
    const ImFontGlyph* glyph = loaded.fonts->get(role)->FindGlyphNoFallback(c);
    REQUIRE(glyph);
    CHECK(glyph->Colored);
    CHECK(glyph->AdvanceX > 8);
  }
  const auto uploads = loaded.fonts->take_uploads();
  REQUIRE(uploads.size() == 1);
  bool colourful = false;
  for (const std::uint32_t pixel : uploads[0].pixels) {
    if ((pixel >> 24) > 200 && (pixel & 0xff) != ((pixel >> 8) & 0xff)) colourful = true;
  }
  CHECK(colourful);
  CHECK_FALSE(loaded.fonts->make_wanted_glyphs());
}

TEST_CASE("when the room for later glyphs runs out, a rebuild brings all of them back") {
  Loaded loaded;
  std::string wire;
  for (char32_t c = 0x1F400; c < 0x1F4FD; ++c) append_code_point(wire, c);
  const std::string screen = loaded.fonts->to_screen(wire);
  int rebuilds = 0;
  for (int i = 0; i < 10; ++i) {
    loaded.fonts->make_wanted_glyphs();
    if (!loaded.fonts->needs_rebuild()) break;
    REQUIRE(loaded.fonts->rebuild());
    ++rebuilds;
  }
  CHECK(rebuilds > 0);
  std::size_t at = 0;
  while (at < screen.size()) {
    CHECK(loaded.fonts->get(FontRole::text)
              ->FindGlyphNoFallback(static_cast<ImWchar>(next_code_point(screen, at))));
  }
}

TEST_CASE("Latin, Greek and Cyrillic are there from the start") {
  Loaded loaded;
  for (const ImWchar c : {u'a', u'ß', u'Ž', u'Ω', u'ж', u'…', u'€', u'–', u'“'}) {
    for (const FontRole role :
         {FontRole::text, FontRole::bold, FontRole::italic, FontRole::mono, FontRole::small}) {
      CHECK(loaded.fonts->get(role)->FindGlyphNoFallback(c));
    }
  }
}

TEST_CASE("a PC without fonts is told which packages to install") {
  const auto files = find_font_files({"/nonexistent"});
  REQUIRE_FALSE(files);
  CHECK(files.error().message.find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("a broken font file is named") {
  auto files = find_font_files();
  REQUIRE(files);
  const auto broken = std::filesystem::temp_directory_path() / "wardroom-not-a-font.ttf";
  std::ofstream{broken} << "nothing";
  files->bold = broken;
  ImFontAtlas atlas;
  const auto fonts = Fonts::load(atlas, *files, 1);
  std::filesystem::remove(broken);
  REQUIRE_FALSE(fonts);
  CHECK(fonts.error().message.find("wardroom-not-a-font.ttf") != std::string::npos);
}
