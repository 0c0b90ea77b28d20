#include "client/model/spelling.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

using Words = std::vector<std::string>;

void start_with(Driver& d, Words installed, std::string preferred) {
  d.start();
  d.on(DictionariesFound{std::move(installed), std::move(preferred)});
  d.effects.clear();
}

const SpellingProps& shown_spelling(Driver& d) {
  return d.props().composer.spelling;
}

// What the dictionaries said of the words that were asked for last.
void answer_words(Driver& d, Words unknown) {
  d.on(WordsChecked{d.take<LookUpWords>().generation, std::move(unknown)});
}

}  // namespace

TEST_CASE("Nothing is checked where no dictionary is installed, or none for what this PC speaks") {
  Driver d;
  d.start();
  CHECK_FALSE(shown_spelling(d).on);
  d.on(DictionariesFound{{}, "de_DE"});
  CHECK_FALSE(shown_spelling(d).on);
  d.act(CheckWords{{"wrod"}});
  CHECK(d.count<LookUpWords>() == 0);
  d.on(DictionariesFound{{"fr_FR"}, "de_DE"});
  CHECK_FALSE(shown_spelling(d).on);
}

TEST_CASE("Until the person chooses, words are checked in the language of this PC, of whichever country") {
  Driver d;
  start_with(d, {"de_AT", "de_DE", "en_US"}, "de_DE");
  CHECK(spelling_languages(d.state) == Words{"de_DE"});
  d.on(DictionariesFound{{"de_AT", "en_US"}, "de_DE"});
  CHECK(spelling_languages(d.state) == Words{"de_AT"});
  d.on(DictionariesFound{{"de_AT", "en_US"}, "en"});
  CHECK(spelling_languages(d.state) == Words{"en_US"});
}

TEST_CASE("Several languages are chosen at once; none chosen is off; the choice is kept") {
  Driver d;
  start_with(d, {"de_DE", "en_US"}, "de_DE");
  d.act(SetSpellingLanguage{"en_US", true});
  CHECK(spelling_languages(d.state) == Words{"de_DE", "en_US"});
  CHECK(d.take<SaveSettings>().settings.spelling.languages == Words{"de_DE", "en_US"});
  d.act(CheckWords{{"wrod"}});
  CHECK(d.take<LookUpWords>().languages == Words{"de_DE", "en_US"});
  d.act(SetSpellingLanguage{"de_DE", false}).act(SetSpellingLanguage{"en_US", false});
  CHECK(spelling_languages(d.state).empty());
  CHECK_FALSE(shown_spelling(d).on);
}

TEST_CASE("Unknown words are shown, and what was asked in other languages no longer counts") {
  Driver d;
  start_with(d, {"de_DE", "en_US"}, "en_US");
  d.act(CheckWords{{"wrod", "word"}});
  CHECK(shown_spelling(d).checking);
  answer_words(d, {"wrod"});
  CHECK_FALSE(shown_spelling(d).checking);
  CHECK(shown_spelling(d).unknown == Words{"wrod"});
  d.act(CheckWords{{"Wort"}});
  const auto generation = shown_spelling(d).generation;
  d.act(SetSpellingLanguage{"de_DE", true});
  CHECK(shown_spelling(d).generation > generation);
  CHECK(shown_spelling(d).unknown.empty());
  answer_words(d, {"Wort"});
  CHECK(shown_spelling(d).unknown.empty());
}

TEST_CASE("A word that the person adds is right in any case from then on, and kept") {
  Driver d;
  start_with(d, {"en_US"}, "en_US");
  d.act(CheckWords{{"Osei", "OSEI", "wrod"}});
  answer_words(d, {"Osei", "OSEI", "wrod"});
  d.act(LearnWord{"Osei"});
  CHECK(shown_spelling(d).unknown == Words{"wrod"});
  CHECK(d.take<SaveSettings>().settings.spelling.own_words == Words{"Osei"});
  d.act(CheckWords{{"osei"}});
  answer_words(d, {"osei"});
  CHECK(shown_spelling(d).unknown == Words{"wrod"});
  d.act(SetOwnWords{" Amara ,, Amara; Ines"});
  CHECK(d.take<SaveSettings>().settings.spelling.own_words == Words{"Amara", "Ines"});
  d.act(ShowDialog{Dialog::settings});
  CHECK(d.props().settings.spelling.own_words == "Amara, Ines");
}

TEST_CASE("A word that is ignored is right until the program ends, and isn't kept") {
  Driver d;
  start_with(d, {"en_US"}, "en_US");
  d.act(CheckWords{{"wrod"}});
  answer_words(d, {"wrod"});
  d.act(IgnoreWord{"wrod"});
  CHECK(shown_spelling(d).unknown.empty());
  CHECK(d.count<SaveSettings>() == 0);
  d.act(CheckWords{{"Wrod"}});
  answer_words(d, {"Wrod"});
  CHECK(shown_spelling(d).unknown.empty());
}

TEST_CASE("Signing out leaves none of the person's words behind") {
  Driver d;
  start_with(d, {"en_US"}, "en_US");
  d.act(LearnWord{"Osei"}).act(IgnoreWord{"wrod"});
  d.effects.clear();
  d.act(SignOut{});
  CHECK(d.take<SaveSettings>().settings.spelling.own_words.empty());
  CHECK(d.state.spelling.ignored.empty());
}

TEST_CASE("Suggestions are shown for the word that was asked for last") {
  Driver d;
  start_with(d, {"en_US"}, "en_US");
  d.act(AskSuggestions{"wrod"}).act(AskSuggestions{"teh"});
  const auto generation = d.take<SuggestWords>().generation;
  d.on(WordSuggested{generation, "wrod", false, {"word"}});
  CHECK_FALSE(shown_spelling(d).suggestions.there);
  d.on(WordSuggested{generation, "teh", false, {"the"}});
  CHECK(shown_spelling(d).suggestions.there);
  CHECK(shown_spelling(d).suggestions.instead == Words{"the"});
}

TEST_CASE("Switched off, nothing is checked; the settings say what is installed") {
  Driver d;
  start_with(d, {"de_DE", "en_US"}, "en_US");
  d.act(SetSpelling{false});
  CHECK_FALSE(shown_spelling(d).on);
  CHECK_FALSE(d.take<SaveSettings>().settings.spelling.on);
  d.act(ShowDialog{Dialog::settings});
  const auto& settings = d.props().settings.spelling;
  REQUIRE(settings.languages.size() == 2);
  CHECK(settings.languages[0].name == "English (United States)");
  CHECK(settings.languages[0].chosen);
  CHECK(settings.languages[1].name == "German (Germany)");
  CHECK_FALSE(settings.languages[1].chosen);
}
