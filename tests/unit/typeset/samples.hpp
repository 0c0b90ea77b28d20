#pragma once

#include <array>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "common/typeset/text_layout.hpp"

namespace wardroom::typeset::test {

// Words of what people write, and of what they shouldn't.
inline constexpr std::array<std::string_view, 28> kWords{
    "import",
    "Grüße",
    "e\u0301te\u0301",  // marks of their own
    "Привет",
    "שלום",
    "مرحبا",
    "لا",  // two letters in one glyph
    "العربية",
    "हिन्दी",
    "क्षत्रिय",
    "தமிழ்",
    "ภาษาไทย",
    "សួស្តី",
    "አማርኛ",
    "ქართული",
    "한국어",
    "漢字かな",
    "ＡＢＣ",                      // full width
    "\U0001F469\u200D\U0001F692",  // one emoji of three characters
    "\U0001F44B\U0001F3FD",
    "\U0001F1E9\U0001F1EA",
    "12:30",
    "(a) [ب]",
    "\t",
    "a\u0335\u0336\u0337\u0338\u0301\u0302",  // a pile of marks
    "\u202Etxt.exe",                          // an override without its end
    "\u2067x",                                // an isolate without its end
    "averyveryveryveryverylongwordwithoutaspace"};

inline std::string made_text(std::mt19937& random, bool with_lines) {
  std::string text;
  const std::size_t count = 1 + random() % 12;
  for (std::size_t i = 0; i < count; ++i) {
    text += kWords[random() % kWords.size()];
    if (random() % 4 != 0) text += ' ';
    if (with_lines && random() % 6 == 0) text += '\n';
  }
  return text;
}

// The fonts of this PC, opened once.
inline Faces& faces() {
  static const std::unique_ptr<Faces> opened = [] {
    auto made = Faces::open_installed();
    REQUIRE(made);
    return *std::move(made);
  }();
  return *opened;
}

inline TextLayout laid_out(std::string_view text, const LayoutOptions& options = {}) {
  const StyledRun run{text.size(), {Style::regular, 14}};
  return lay_out(faces(), text, {&run, 1}, options);
}

}  // namespace wardroom::typeset::test
