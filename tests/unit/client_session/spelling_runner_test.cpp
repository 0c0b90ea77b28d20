#include "client/session/spelling_runner.hpp"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::client;

namespace {

using Words = std::vector<std::string>;

// Knows what it is told to know, and writes down what it is asked.
struct FakeDictionaries final : Dictionaries {
  std::map<std::string, Words> known;
  std::map<std::string, Words> instead;
  Words* asked = nullptr;
  std::shared_future<void> loads;  // the first answer waits for it

  Words languages() override {
    Words tags;
    for (const auto& [tag, words] : known) tags.push_back(tag);
    return tags;
  }
  bool knows(const std::string& language, const std::string& word) override {
    if (loads.valid()) loads.wait();
    const auto& words = known[language];
    return std::ranges::find(words, word) != words.end();
  }
  Words suggest(const std::string& language, const std::string& word) override {
    if (asked) asked->push_back(word);
    return instead[language];
  }
};

// The window's side: takes what is told, when it comes.
class Told {
 public:
  Inbox inbox{[this] {
    const std::lock_guard lock(mutex_);
    posted_ = true;
    came_.notify_one();
  }};
  std::vector<client::Event> events;

  std::function<void(client::Event)> handler() {
    return [this](client::Event event) { events.push_back(std::move(event)); };
  }
  template <class E>
  E next() {
    for (;;) {
      for (auto at = events.begin(); at != events.end(); ++at)
        if (auto* found = std::get_if<E>(&*at)) {
          E event = std::move(*found);
          events.erase(at);
          return event;
        }
      std::unique_lock lock(mutex_);
      REQUIRE(came_.wait_for(lock, std::chrono::seconds{60}, [this] { return posted_; }));
      posted_ = false;
      lock.unlock();
      inbox.drain();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  bool posted_ = false;
};

std::unique_ptr<FakeDictionaries> two_languages() {
  auto fake = std::make_unique<FakeDictionaries>();
  fake->known = {{"de_DE", {"Wort", "Haus"}}, {"en_US", {"word", "house"}}};
  fake->instead = {{"de_DE", {"Wort", "Ort"}}, {"en_US", {"word", "Ort", "rod"}}};
  return fake;
}

}  // namespace

TEST_CASE("A word that one of the languages knows is right, and so is one of another script") {
  Told told;
  SpellingRunner runner(told.inbox, told.handler(), two_languages, "de_DE");
  const auto found = told.next<DictionariesFound>();
  CHECK(found.languages == Words{"de_DE", "en_US"});
  CHECK(found.preferred == "de_DE");
  runner.run(LookUpWords{7, {"de_DE", "en_US"}, {"Wort", "word", "wrod", "слово"}});
  const auto checked = told.next<WordsChecked>();
  CHECK(checked.generation == 7);
  CHECK(checked.unknown == Words{"wrod"});
  runner.run(LookUpWords{8, {"de_DE"}, {"Wort", "word"}});
  CHECK(told.next<WordsChecked>().unknown == Words{"word"});
}

TEST_CASE("Suggestions of the languages take turns, each once") {
  Told told;
  SpellingRunner runner(told.inbox, told.handler(), two_languages, "de_DE");
  runner.run(SuggestWords{1, {"de_DE", "en_US"}, "wrod"});
  const auto suggested = told.next<WordSuggested>();
  CHECK_FALSE(suggested.known);
  CHECK(suggested.instead == Words{"Wort", "word", "Ort", "rod"});
}

TEST_CASE("While a dictionary loads nobody waits, and only the last wish for suggestions is looked for") {
  Told told;
  std::promise<void> loaded;
  Words asked;
  SpellingRunner runner(
      told.inbox, told.handler(),
      [&] {
        auto fake = two_languages();
        fake->loads = loaded.get_future().share();
        fake->asked = &asked;
        return fake;
      },
      "de_DE");
  runner.run(LookUpWords{1, {"en_US"}, {"wrod"}});
  for (const char* word : {"a", "b", "c"}) runner.run(SuggestWords{1, {"en_US"}, word});
  loaded.set_value();
  CHECK(told.next<WordSuggested>().word == "c");
  CHECK(asked == Words{"c"});
}

TEST_CASE("Without dictionaries every word is right") {
  Told told;
  SpellingRunner runner(
      told.inbox, told.handler(), [] { return std::unique_ptr<Dictionaries>(); }, "en");
  CHECK(told.next<DictionariesFound>().languages.empty());
  runner.run(LookUpWords{1, {"en_US"}, {"wrod"}});
  CHECK(told.next<WordsChecked>().unknown.empty());
}

TEST_CASE("The dictionaries of this PC, where there are any, know their language") {
  const auto dictionaries = open_dictionaries();
  if (!dictionaries) return;
  const auto languages = dictionaries->languages();
  const auto has = [&](const char* tag) { return std::ranges::find(languages, tag) != languages.end(); };
  if (has("en_US")) {
    CHECK(dictionaries->knows("en_US", "keyboard"));
    CHECK(dictionaries->knows("en_US", "don't"));
    CHECK(dictionaries->knows("en_US", "don’t"));
    CHECK_FALSE(dictionaries->knows("en_US", "keybaord"));
    const auto instead = dictionaries->suggest("en_US", "keybaord");
    CHECK(std::ranges::find(instead, "keyboard") != instead.end());
  } else {
    WARN("hunspell-en-us isn't installed: English wasn't tried");
  }
  if (has("de_DE")) {
    CHECK(dictionaries->knows("de_DE", "Straße"));
    CHECK_FALSE(dictionaries->knows("de_DE", "Strasze"));
  }
  CHECK(dictionaries->knows("xx_YY", "keybaord"));
}
