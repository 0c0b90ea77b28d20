#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

using Words = std::vector<std::string>;

// The part of model and dictionaries: knows all words but these.
struct Writer : Client {
  Words unknown;

  explicit Writer(Words wrong) : Client(with_spelling()), unknown(std::move(wrong)) {}
  static WindowProps with_spelling() {
    WindowProps p = sample::main_window();
    p.composer.spelling.on = true;
    p.composer.spelling.generation = 1;
    return p;
  }
  // Answers what was asked for, as often as something is.
  void answer() {
    for (std::size_t answered = 0; answered < count<CheckWords>(); ++answered) {
      std::size_t at = 0;
      for (const Action& action : actions) {
        const auto* check = std::get_if<CheckWords>(&action);
        if (!check || at++ != answered) continue;
        for (const auto& word : check->words)
          if (std::ranges::find(unknown, word) != unknown.end())
            props.composer.spelling.unknown.push_back(word);
      }
      std::ranges::sort(props.composer.spelling.unknown);
      ui.frames();
    }
  }
  Words marked() const {
    Words words;
    for (const ui::Item& item : ui.recorder().items())
      if (item.id == "composer.text.misspelled") words.push_back(item.label);
    return words;
  }
  const ui::Item& mark(std::string_view word) const {
    for (const ui::Item& item : ui.recorder().items())
      if (item.id == "composer.text.misspelled" && item.label == word) return item;
    FAIL("not marked: " << word);
    throw std::logic_error("");
  }
  void suggest(Words instead, bool known = false) {
    REQUIRE(last<AskSuggestions>());
    props.composer.spelling.suggestions = {last<AskSuggestions>()->word, true, known, std::move(instead)};
    ui.frames();
  }
  std::string composed() const {
    const ui::Item* text = ui.recorder().find("composer.text");
    REQUIRE(text);
    return text->state;
  }
  // As a hand does it: there, down, a little along, up, each in frames of its own.
  void press(std::string_view id) {
    const ui::Item* item = ui.recorder().find(id);
    REQUIRE(item);
    const float x = (item->rect.x0 + item->rect.x1) / 2, y = (item->rect.y0 + item->rect.y1) / 2;
    ui.move_to(x, y);
    ui.mouse_down(x, y);
    ui.move_to(x + 1, y + 1);
    ui.mouse_up();
  }
  void right_press(std::string_view word) {
    const ui::Rect rect = mark(word).rect;
    ui.right_click_at((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2);
  }
};

}  // namespace

TEST_CASE("unknown words are marked once they are typed, and each word is asked for once") {
  Writer c({"wrod", "teh"});
  c.ui.type("teh wrod");
  c.answer();
  CHECK(c.marked() == Words{"teh"});  // the other one isn't finished
  c.ui.type(" is");
  c.answer();
  CHECK(c.marked() == Words{"teh", "wrod"});
  std::size_t asked = 0;
  for (const Action& action : c.actions)
    if (const auto* check = std::get_if<CheckWords>(&action)) asked += check->words.size();
  CHECK(asked == 2);
  // Looking away from the word that was typed last finishes it.
  c.ui.key(Key::home);
  c.answer();
  c.unknown.push_back("is");
  CHECK(c.last<CheckWords>()->words == Words{"is"});
}

TEST_CASE("nothing is marked or asked for while spelling is off, nor in code and links") {
  Writer c({"wrod"});
  c.ui.type("`wrod` https://wrod.example/wrod @wrod #wrod :wrod: wrod2 ");
  c.answer();
  CHECK(c.count<CheckWords>() == 0);
  CHECK(c.marked().empty());
  c.props.composer.spelling.on = false;
  c.ui.type("wrod ");
  CHECK(c.count<CheckWords>() == 0);
}

TEST_CASE("what is chosen in the menu of a marked word takes its place, and undo brings the word back") {
  Writer c({"wrod"});
  c.ui.type("the wrod is out");
  c.answer();
  c.right_press("wrod");
  REQUIRE(c.last<AskSuggestions>());
  CHECK(c.last<AskSuggestions>()->word == "wrod");
  CHECK_FALSE(c.ui.recorder().find("composer.spelling.learn"));  // not before it is known what to offer
  c.suggest({"word", "rod"});
  CHECK(c.ui.recorder().shows("word"));
  c.press("composer.spelling.instead:0");
  CHECK(c.composed() == "the word is out");
  CHECK(c.last<ChangeDraft>()->text == "the word is out");
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("composer.spelling.learn"));
  // The keyboard is back in the text.
  c.ui.key(Key::z, {.ctrl = true});
  CHECK(c.composed() == "the wrod is out");
}

TEST_CASE("a word is added or ignored from its menu, by the keyboard too") {
  Writer c({"wrod"});
  c.ui.type("a wrod");
  SECTION("by mouse") {
    c.ui.key(Key::home);
    c.answer();
    c.right_press("wrod");
    c.suggest({});
    CHECK(c.ui.recorder().shows("No suggestions"));
    c.press("composer.spelling.learn");
    REQUIRE(c.last<LearnWord>());
    CHECK(c.last<LearnWord>()->word == "wrod");
    CHECK(c.composed() == "a wrod");
  }
  SECTION("by Shift+F10, of the word at the cursor") {
    c.ui.key(Key::f10, {.shift = true});
    c.suggest({"word"});
    REQUIRE(c.ui.recorder().find("composer.spelling.ignore"));
    c.press("composer.spelling.ignore");
    CHECK(c.last<IgnoreWord>()->word == "wrod");
  }
  SECTION("by the menu key, arrows and Enter") {
    const auto at_first = [&] { return c.ui.recorder().find("composer.spelling.instead:0")->focused; };
    c.ui.key(Key::menu);
    c.suggest({"word"});
    c.ui.key(Key::down);
    if (!at_first()) c.ui.key(Key::up);
    REQUIRE(at_first());
    c.ui.key(Key::enter);
    CHECK(c.composed() == "a word");
    CHECK(c.count<SendMessage>() == 0);
  }
  SECTION("Escape changes nothing, and goes back to the text") {
    c.ui.key(Key::menu);
    c.suggest({"word"});
    c.ui.key(Key::escape);
    c.ui.frames();
    CHECK_FALSE(c.ui.recorder().find("composer.spelling.learn"));
    c.ui.type("!");
    CHECK(c.composed() == "a wrod!");
  }
}

TEST_CASE("a menu that comes too late, or about a right word, doesn't open") {
  Writer c({"wrod"});
  c.ui.type("a wrod");
  c.ui.key(Key::menu);
  c.ui.type("s");
  c.suggest({"word"});
  CHECK_FALSE(c.ui.recorder().find("composer.spelling.learn"));
  c.ui.key(Key::menu);
  c.suggest({}, true);
  CHECK_FALSE(c.ui.recorder().find("composer.spelling.learn"));
}

TEST_CASE("of a long text what is in sight is marked, and its words are asked for a part at a time") {
  Writer c({"wrod"});
  std::string text;
  for (int i = 0; text.size() < 16'000; ++i) {
    std::string word = "w";
    for (int n = i; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
    text += "wrod " + word + ' ';
  }
  c.props.composer.draft = text;
  ++c.props.composer.draft_version;
  c.ui.frames();
  c.answer();
  for (const Action& action : c.actions)
    if (const auto* check = std::get_if<CheckWords>(&action)) CHECK(check->words.size() <= 200);
  CHECK(c.count<CheckWords>() > 5);
  CHECK(c.marked().size() > 20);
  CHECK(c.marked().size() < 300);
}

TEST_CASE("the languages and the person's own words are chosen in the settings") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  p.settings.spelling.languages = {{"en_US", "English (United States)", true},
                                   {"de_DE", "German (Germany)", false}};
  p.settings.spelling.own_words = "Osei";
  Client c{p};
  REQUIRE(c.ui.click("settings.tab:5"));
  REQUIRE(c.ui.click("spelling.language:1"));
  REQUIRE(c.last<SetSpellingLanguage>());
  CHECK(c.last<SetSpellingLanguage>()->language == "de_DE");
  CHECK(c.last<SetSpellingLanguage>()->on);
  REQUIRE(c.ui.click("spelling.words"));
  c.ui.key(Key::end);
  c.ui.type(", Ines");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SetOwnWords>());
  CHECK(c.last<SetOwnWords>()->typed == "Osei, Ines");
  REQUIRE(c.ui.click("spelling.on"));
  CHECK_FALSE(c.last<SetSpelling>()->on);
  c.props.settings.spelling.languages.clear();
  c.ui.frames();
  CHECK(c.ui.recorder().shows("No dictionaries are installed"));
}
