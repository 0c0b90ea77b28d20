#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

// Messages of one line each, none of them grouped.
WindowProps with_texts(const std::vector<std::string>& texts) {
  WindowProps p = sample::main_window();
  p.timeline.rows.clear();
  for (const std::string& text : texts) {
    p.timeline.rows.push_back(sample::message(p.timeline.rows.size() + 1, "Amara Osei", "16:42", text));
    p.timeline.rows.back().full_time = "Thursday, 19 November 2026, 16:42:07 (UTC+1)";
  }
  return p;
}

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> texts;
  for (std::size_t i = 1; i <= count; ++i) texts.push_back("Message " + std::to_string(i) + ".");
  return texts;
}

// The middle of the first line of a message's text, so far from its left end.
struct Point {
  float x = 0, y = 0;
};
Point in_text(const Client& c, std::size_t row, float from_left) {
  const ui::Item* item = c.ui.recorder().find("timeline.message:" + std::to_string(row));
  REQUIRE(item);
  return {item->rect.x0 + 56 + from_left, item->rect.y0 + 40};
}

void drag(Client& c, Point from, Point to) {
  c.ui.mouse_down(from.x, from.y);
  c.ui.move_to((from.x + to.x) / 2, (from.y + to.y) / 2);
  c.ui.move_to(to.x, to.y);
  c.ui.mouse_up();
}

std::string copied(Client& c) {
  c.ui.set_clipboard("");
  c.ui.key(Key::c, {.ctrl = true});
  return c.ui.clipboard();
}

}  // namespace

TEST_CASE("a selection goes over several messages and copies what is seen of them") {
  Client c{with_texts({"**bold** words", "see [the list](https://list.example/) 🎉", "third"})};
  drag(c, in_text(c, 0, 0), in_text(c, 2, 500));
  CHECK(copied(c) == "bold words\nsee the list 🎉\nthird");
  CHECK(c.ui.primary() == "bold words\nsee the list 🎉\nthird");
  // From the end to the beginning it is the same.
  c.ui.key(Key::escape);
  CHECK(copied(c).empty());
  drag(c, in_text(c, 2, 500), in_text(c, 0, 0));
  CHECK(copied(c) == "bold words\nsee the list 🎉\nthird");
}

TEST_CASE("a part of a line is selected, and Shift extends it to where it is pressed") {
  Client c{with_texts({"one two three", "four"})};
  const Point left = in_text(c, 0, 0);
  c.ui.click_at(left.x, left.y);
  CHECK(copied(c).empty());
  c.ui.hold_mods({.shift = true});
  const Point end = in_text(c, 1, 500);
  c.ui.click_at(end.x, end.y);
  c.ui.hold_mods({});
  CHECK(copied(c) == "one two three\nfour");
  c.ui.hold_mods({.shift = true});
  const Point first_line = in_text(c, 0, 500);
  c.ui.click_at(first_line.x, first_line.y);
  c.ui.hold_mods({});
  CHECK(copied(c) == "one two three");
}

TEST_CASE("a double click takes the word, a third one the paragraph, and dragging goes on by these") {
  Client c{with_texts({"alpha beta gamma\nsecond line", "delta"})};
  const Point at = in_text(c, 0, 5);
  c.ui.click_at(at.x, at.y, 2);
  CHECK(copied(c) == "alpha");
  c.ui.click_at(at.x, at.y, 3);
  CHECK(copied(c) == "alpha beta gamma");
  c.ui.click_at(at.x, at.y);
  CHECK(copied(c).empty());
}

TEST_CASE("a press that begins a selection opens no link, a click does") {
  Client c{with_texts({"https://list.example/ is the list", "below"})};
  const Point link = in_text(c, 0, 10);
  drag(c, link, in_text(c, 1, 500));
  CHECK_FALSE(c.last<OpenLink>());
  CHECK_FALSE(copied(c).empty());
  c.ui.mouse_down(link.x, link.y);
  CHECK_FALSE(c.last<OpenLink>());
  c.ui.mouse_up();
  REQUIRE(c.last<OpenLink>());
  CHECK(c.last<OpenLink>()->url == "https://list.example/");
}

TEST_CASE("a press on a button begins no selection, and one that ends on a button doesn't press it") {
  Client c{with_texts({"one", "two"})};
  c.props.timeline.rows[1].reactions = {{"👍", 1, false, "Priya Nair"}};
  ++c.props.timeline.rows[1].version;
  ++c.props.timeline.revision;
  c.ui.frames();
  const ui::Item* pill = c.ui.recorder().find("timeline.reaction:100");
  REQUIRE(pill);
  const Point on_pill{(pill->rect.x0 + pill->rect.x1) / 2, (pill->rect.y0 + pill->rect.y1) / 2};
  drag(c, in_text(c, 0, 0), on_pill);
  CHECK_FALSE(c.last<React>());
  CHECK_FALSE(copied(c).empty());
  c.ui.key(Key::escape);
  REQUIRE(c.ui.click("timeline.reaction:100"));
  CHECK(c.last<React>());
  CHECK(copied(c).empty());
}

TEST_CASE("held at an edge the mouse scrolls on, and what is scrolled out of sight stays selected") {
  Client c{with_texts(numbered(120))};
  c.ui.frames();
  const Point begin = in_text(c, 119, 500);
  c.ui.mouse_down(begin.x, begin.y);
  const ui::Item* pane = c.ui.recorder().find("timeline.message:119");
  REQUIRE(pane);
  c.ui.move_to(pane->rect.x0 + 56, 10);
  for (int i = 0; i < 60; ++i) c.ui.frames(3);
  c.ui.mouse_up();
  CHECK_FALSE(c.ui.recorder().find("timeline.message:119"));
  CHECK(c.state.timeline.scroll < c.state.timeline.tops[100]);
  const std::string text = copied(c);
  CHECK(text.ends_with("\nMessage 119.\nMessage 120."));
  CHECK(text.find("Message 100.") != std::string::npos);
  CHECK(text.find("Message 1.") == std::string::npos);
  CHECK(c.ui.primary() == text);
}

TEST_CASE("a message that is sent, and older ones that are loaded, leave the selection where it was") {
  Client c{with_texts({"one", "two", "mine"})};
  auto& rows = c.props.timeline.rows;
  for (std::size_t i = 0; i < 2; ++i) rows[i].seq = Seq{static_cast<std::int64_t>(i) + 101};
  rows[2].seq = {};
  rows[2].delivery = Delivery::pending;
  rows[2].own = true;
  ++c.props.timeline.revision;
  c.ui.frames();
  drag(c, in_text(c, 1, 0), in_text(c, 2, 500));
  REQUIRE(copied(c) == "two\nmine");
  rows[2].seq = Seq{103};
  rows[2].delivery = Delivery::stored;
  ++rows[2].version;
  rows.insert(rows.begin(), sample::message(77, "Wei Chen", "16:00", "older"));
  rows[0].seq = Seq{100};
  rows.push_back(sample::message(78, "Wei Chen", "16:50", "newer"));
  rows.back().seq = Seq{104};
  ++c.props.timeline.revision;
  c.ui.frames();
  CHECK(copied(c) == "two\nmine");
  // Gone from what is loaded: nothing is copied rather than a part of it.
  rows.erase(rows.begin() + 3);
  ++c.props.timeline.revision;
  c.ui.frames();
  CHECK(copied(c).empty());
}

TEST_CASE("Ctrl+A takes all messages after a press on them, and the composer's text while one writes") {
  Client c{with_texts(numbered(80))};
  c.ui.frames();
  const Point at = in_text(c, 79, 0);
  c.ui.click_at(at.x, at.y);
  c.ui.key(Key::a, {.ctrl = true});
  const std::string all = copied(c);
  CHECK(all.starts_with("Message 1.\nMessage 2.\n"));
  CHECK(all.ends_with("\nMessage 80."));
  c.ui.key(Key::escape);
  CHECK(copied(c).empty());
  c.ui.type("mine");
  c.ui.key(Key::a, {.ctrl = true});
  CHECK(copied(c) == "mine");
}

TEST_CASE("the menu copies the selection, or the message, with names and times by choice") {
  Client c{with_texts({"**one**", "two"})};
  const auto choose = [&](const char* id) {
    c.ui.set_clipboard("");
    REQUIRE(c.ui.right_click("timeline.message:0"));
    c.ui.frames();
    REQUIRE(c.ui.click(id));
    c.ui.frames();
    return c.ui.clipboard();
  };
  const std::string who = "Amara Osei, Thursday, 19 November 2026, 16:42:07 (UTC+1)\n";
  CHECK(choose("message.copy") == "one");
  CHECK(choose("message.copy_names") == who + "one");
  drag(c, in_text(c, 0, 0), in_text(c, 1, 500));
  CHECK(choose("message.copy") == "one\ntwo");
  CHECK(choose("message.copy_names") == who + "one\n\n" + who + "two");
}

TEST_CASE("the middle button pastes what is selected elsewhere, Shift+Insert the clipboard") {
  Client c;
  c.ui.set_primary("selected 🙂");
  c.ui.set_clipboard("copied");
  const ui::Item* text = c.ui.recorder().find("composer.text");
  REQUIRE(text);
  const ui::Rect rect = text->rect;
  c.ui.middle_click_at(rect.x0 + 200, rect.y0 + 8);
  CHECK(c.ui.recorder().find("composer.text")->state == "selected 🙂");
  c.ui.type("!");
  c.ui.key(Key::insert, {.shift = true});
  CHECK(c.ui.recorder().find("composer.text")->state == "selected 🙂!copied");
  REQUIRE(c.last<ChangeDraft>());
  CHECK(c.last<ChangeDraft>()->text == "selected 🙂!copied");
}

TEST_CASE("what the mouse selects in the composer is pasted by the middle button, too") {
  Client c;
  c.ui.type("alpha beta");
  const ui::Item* text = c.ui.recorder().find("composer.text");
  REQUIRE(text);
  const ui::Rect rect = text->rect;
  c.ui.click_at(rect.x0 + 5, rect.y0 + 8, 2);
  CHECK(c.ui.primary() == "alpha");
}
