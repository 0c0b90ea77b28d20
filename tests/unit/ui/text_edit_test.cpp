#include "common/ui/text_edit.hpp"

#include <imgui.h>

#include <catch2/catch.hpp>

#include "common/ui/fonts.hpp"
#include "common/ui/text_lines.hpp"

using namespace wardroom;
using namespace wardroom::ui;
using Step = TextEdit::Step;

namespace {

TextEdit with(std::string text) {
  TextEdit edit;
  edit.set_text(std::move(text));
  return edit;
}

}  // namespace

TEST_CASE("the cursor never stands inside a character") {
  TextEdit edit = with("aé漢");
  edit.move(Step::left, false);
  CHECK(edit.cursor() == 3);
  edit.move(Step::left, false);
  CHECK(edit.cursor() == 1);
  edit.erase_forward(false);
  CHECK(edit.text() == "a漢");
  edit.move(Step::end, false);
  edit.erase_back(false);
  CHECK(edit.text() == "a");
}

TEST_CASE("what is selected is replaced by what is typed") {
  TextEdit edit = with("hello world");
  edit.move(Step::word_left, true);
  CHECK(edit.selected() == "world");
  edit.insert("Lena");
  CHECK(edit.text() == "hello Lena");
  CHECK_FALSE(edit.has_selection());
}

TEST_CASE("Left and Right leave a selection at its edge") {
  TextEdit edit = with("abc");
  edit.select_all();
  edit.move(Step::left, false);
  CHECK(edit.cursor() == 0);
  edit.select_all();
  edit.move(Step::right, false);
  CHECK(edit.cursor() == 3);
}

TEST_CASE("Home and End go to the ends of the line, not of the text") {
  TextEdit edit = with("one\ntwo\nthree");
  edit.move_to(5, false);
  edit.move(Step::line_start, false);
  CHECK(edit.cursor() == 4);
  edit.move(Step::line_end, false);
  CHECK(edit.cursor() == 7);
  edit.move(Step::start, false);
  edit.move(Step::line_start, false);
  CHECK(edit.cursor() == 0);
}

TEST_CASE("undo takes back a word's typing at once, and redo brings it again") {
  TextEdit edit;
  for (const char* c : {"a", "b", " ", "c", "d"}) edit.insert(c);
  edit.undo();
  CHECK(edit.text() == "ab ");
  edit.undo();
  edit.undo();
  CHECK(edit.text().empty());
  edit.undo();
  edit.redo();
  edit.redo();
  edit.redo();
  CHECK(edit.text() == "ab cd");
  edit.redo();
  CHECK(edit.text() == "ab cd");
}

TEST_CASE("what is put back is undone where undo would bring it, and is a change otherwise") {
  TextEdit edit = with("one two");
  edit.replace(0, 7, "");
  edit.put_back("one two");
  CHECK(edit.text() == "one two");
  edit.undo();
  CHECK(edit.text() == "one two");
  edit.put_back("zero\none two");
  CHECK(edit.text() == "zero\none two");
  edit.undo();
  CHECK(edit.text() == "one two");
}

TEST_CASE("Ctrl+Backspace takes a word") {
  TextEdit edit = with("run import_all now");
  edit.erase_back(true);
  CHECK(edit.text() == "run import_all ");
  edit.erase_back(true);
  CHECK(edit.text() == "run ");
}

TEST_CASE("lines break at spaces, at line breaks, and inside a word that is too long; no byte is lost") {
  ImFontAtlas atlas;
  auto files = find_font_files();
  REQUIRE(files);
  auto fonts = Fonts::load(atlas, *files, 1);
  REQUIRE(fonts);
  const ImFont& font = *(*fonts)->get(FontRole::text);
  const std::string text = "a few words that wrap\n\nand averyveryveryveryverylongword";
  const auto lines = wrap_lines(font, text, 80);
  CHECK(lines.size() > 5);
  std::string seen;
  for (const TextLine& line : lines) {
    CHECK(x_of(font, text, line, line.end) <= 81);
    seen += text.substr(line.begin, line.end - line.begin);
  }
  const auto without_spaces = [](std::string s) {
    std::erase(s, ' ');
    std::erase(s, '\n');
    return s;
  };
  CHECK(without_spaces(seen) == without_spaces(text));
  CHECK(wrap_lines(font, "", 80).size() == 1);
  CHECK(wrap_lines(font, "x\n", 80).size() == 2);
}

TEST_CASE("a place in a line and its distance from the left belong together") {
  ImFontAtlas atlas;
  auto files = find_font_files();
  REQUIRE(files);
  auto fonts = Fonts::load(atlas, *files, 1);
  REQUIRE(fonts);
  const ImFont& font = *(*fonts)->get(FontRole::text);
  const std::string text = "Grüße an alle";
  const TextLine line{0, text.size()};
  for (const std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{4}, text.size()}) {
    CHECK(position_at(font, text, line, x_of(font, text, line, at)) == at);
  }
  CHECK(position_at(font, text, line, 10000) == text.size());
}
