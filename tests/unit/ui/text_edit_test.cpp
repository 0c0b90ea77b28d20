#include "common/ui/text_edit.hpp"

#include <catch2/catch.hpp>

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
  edit.move(Step::back, false);
  CHECK(edit.cursor() == 3);
  edit.move(Step::back, false);
  CHECK(edit.cursor() == 1);
  edit.erase_forward(false);
  CHECK(edit.text() == "a漢");
  edit.move(Step::end, false);
  edit.erase_back(false);
  CHECK(edit.text() == "a");
}

TEST_CASE("what is selected is replaced by what is typed") {
  TextEdit edit = with("hello world");
  edit.move(Step::word_back, true);
  CHECK(edit.selected() == "world");
  edit.insert("Lena");
  CHECK(edit.text() == "hello Lena");
  CHECK_FALSE(edit.has_selection());
}

TEST_CASE("Left and Right leave a selection at its edge") {
  TextEdit edit = with("abc");
  edit.select_all();
  edit.move(Step::back, false);
  CHECK(edit.cursor() == 0);
  edit.select_all();
  edit.move(Step::forth, false);
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

TEST_CASE("an emoji is one step and one Backspace, a mark is a Backspace of its own") {
  TextEdit edit = with("a\U0001F469\u200D\U0001F692e\u0301");
  edit.move(Step::back, false);
  CHECK(edit.cursor() == 12);
  edit.move(Step::back, false);
  CHECK(edit.cursor() == 1);
  edit.erase_forward(false);
  CHECK(edit.text() == "ae\u0301");
  edit.move(Step::end, false);
  edit.erase_back(false);
  CHECK(edit.text() == "ae");
}

TEST_CASE("the cursor stays beside what was just typed, and beside what it was moved to") {
  TextEdit edit;
  edit.insert("x");
  CHECK(edit.upstream());
  edit.move(Step::start, false);
  CHECK_FALSE(edit.upstream());
  edit.move_to(1, false, true);
  CHECK(edit.upstream());
  edit.erase_back(false);
  CHECK_FALSE(edit.upstream());
}
