#include "common/text/spelled_words.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;

namespace {

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words words;
  for (const auto& [begin, end] : text::find_spelled_words(text))
    words.emplace_back(text.substr(begin, end - begin));
  return words;
}

}  // namespace

TEST_CASE("Words are what the person wrote as words, with their apostrophes, in every script") {
  CHECK(words_of("I don’t know, isn't it?") == Words{"I", "don’t", "know", "isn't", "it"});
  CHECK(words_of("**Fett** und ~~weg~~: Straßenfest-Plan") ==
        Words{"Fett", "und", "weg", "Straßenfest", "Plan"});
  CHECK(words_of("Привет, мир!") == Words{"Привет", "мир"});
  CHECK(words_of("שלום עולם") == Words{"שלום", "עולם"});
  CHECK(words_of("नमस्ते दुनिया") == Words{"नमस्ते", "दुनिया"});
  // Thai puts no space between words.
  CHECK(words_of("สวัสดีครับ") == Words{"สวัสดี", "ครับ"});
  // Nobody spells these.
  CHECK(words_of("日本語 カタカナ 🎉") == Words{});
}

TEST_CASE("What others spell isn't checked: links, addresses, code, names, rooms, emoji, numbers") {
  CHECK(words_of("see https://office.example/wiki/plann?x=1 now") == Words{"see", "now"});
  CHECK(words_of("[the plan](https://office.example/plann) www.exampel.org") == Words{"the", "plan"});
  CHECK(words_of("mail lena.moreau@office.example or @amara, (@lena)") == Words{"mail", "or"});
  CHECK(words_of("in #relaese-7 and #日本 :tada: :+1: done") == Words{"in", "and", "done"});
  CHECK(words_of("run `git comit` now") == Words{"run", "now"});
  CHECK(words_of("before\n```\nint mian() {}\n```\nafter") == Words{"before", "after"});
  CHECK(words_of("before\n```\nint mian() {}") == Words{"before"});
  CHECK(words_of("v2x 3rd 128,402 REAMDE.md snake_cas") == Words{});
  CHECK(words_of("/topic new topic") == Words{"new", "topic"});
  CHECK(words_of("and/or: yes") == Words{"and", "or", "yes"});
  CHECK(words_of("a ` tick alone") == Words{"a", "tick", "alone"});
  CHECK(words_of(std::string(16'384, 'a')) == Words{});
  CHECK(words_of("") == Words{});
}

TEST_CASE("Where words stand is said in bytes of the text") {
  const std::string text = "@jürgen schreibt `x` schön";
  const auto found = text::find_spelled_words(text);
  REQUIRE(found.size() == 2);
  CHECK(text.substr(found[0].first, found[0].second - found[0].first) == "schreibt");
  CHECK(found[1].second == text.size());
}

TEST_CASE("A language writes the scripts that are its own") {
  const text::ScriptsOfLanguage german("de_DE"), russian("ru_RU"), serbian("sr_Latn"), unknown("xx_YY");
  CHECK(german.write("Straße"));
  CHECK_FALSE(german.write("мир"));
  CHECK(russian.write("мир"));
  CHECK_FALSE(russian.write("mir"));
  CHECK_FALSE(russian.write("mиp"));
  CHECK(serbian.write("mir"));
  CHECK(unknown.write("mir"));
}

TEST_CASE("Languages have names, in the language that is asked for") {
  CHECK(text::name_of_language("de_DE", "en") == "German (Germany)");
  CHECK(text::name_of_language("de_DE", "de") == "Deutsch (Deutschland)");
  CHECK(text::name_of_language("qqq", "en") == "qqq");
}
