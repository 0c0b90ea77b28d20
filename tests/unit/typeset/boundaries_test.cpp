#include "common/text/boundaries.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;

namespace {

std::vector<std::string> characters_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text::next_character(text, at);
    CHECK(text::previous_character(text, end) == at);
    out.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace

TEST_CASE("a character is what a reader takes for one") {
  using Characters = std::vector<std::string>;
  CHECK(characters_of("ae\u0301z") == Characters{"a", "e\u0301", "z"});
  CHECK(characters_of("\U0001F469\u200D\U0001F692!") == Characters{"\U0001F469\u200D\U0001F692", "!"});
  CHECK(characters_of("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7") ==
        Characters{"\U0001F1E9\U0001F1EA", "\U0001F1EB\U0001F1F7"});
  CHECK(characters_of("นี้") == Characters{"นี้"});
  CHECK(characters_of("a\xFFz").size() == 3);
  CHECK(characters_of("").empty());
}

TEST_CASE("Backspace takes a mark alone, and an emoji whole") {
  const auto rest = [](std::string text) {
    text.resize(text::before_backspace(text, text.size()));
    return text;
  };
  CHECK(rest("ae\u0301") == "ae");
  CHECK(rest("a\U0001F469\u200D\U0001F692") == "a");
  CHECK(rest("a\U0001F44B\U0001F3FD") == "a");
  CHECK(rest("हि") == "ह");
  CHECK(rest("").empty());
}

TEST_CASE("words end where their script ends them") {
  CHECK(text::word_left("run import_all now", 18) == 15);
  CHECK(text::word_left("run import_all ", 15) == 4);
  CHECK(text::word_right("run import_all now", 0) == 3);
  CHECK(text::word_right("שלום עולם", 0) == 8);
  // Thai puts no space between words: "language" and "Thai".
  const std::string thai = "ภาษาไทย";
  CHECK(text::word_right(thai, 0) == 12);
  CHECK(text::word_around("one, two", 1) == std::pair<std::size_t, std::size_t>{0, 3});
  CHECK(text::word_around("one, two", 3) == std::pair<std::size_t, std::size_t>{0, 3});
  CHECK(text::word_around("one, two", 5) == std::pair<std::size_t, std::size_t>{5, 8});
  CHECK(text::word_around("", 0) == std::pair<std::size_t, std::size_t>{0, 0});
}

TEST_CASE("lines may begin at words, between ideographs, and not before a full stop") {
  const auto may_begin = [](std::string_view text, std::size_t at) {
    return (text::find_boundaries(text, true)[at] & text::kLineMayBegin) != 0;
  };
  CHECK(may_begin("ab cd", 3));
  CHECK_FALSE(may_begin("ab cd", 1));
  CHECK(may_begin("漢字", 3));
  CHECK_FALSE(may_begin("漢。", 3));
  CHECK(may_begin("ภาษาไทย", 12));
  CHECK_FALSE(may_begin("a\u00A0b", 3));
  CHECK((text::find_boundaries("ab cd", false)[3] & text::kLineMayBegin) == 0);
}

TEST_CASE("a name that is written from the right is isolated, and marks that reorder are left out") {
  CHECK(text::isolated("Lena Müller") == "Lena Müller");
  CHECK(text::isolated("漢字") == "漢字");
  CHECK(text::isolated("דנה") == "\u2068דנה\u2069");
  CHECK(text::isolated("ab\u202Ecd") == "abcd");
  CHECK(text::isolated("דנה\u2069\u2069x") == "\u2068דנהx\u2069");
}
