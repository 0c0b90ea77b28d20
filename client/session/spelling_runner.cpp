#include "client/session/spelling_runner.hpp"

#include <algorithm>
#include <utility>

namespace wardroom::client {
namespace {

constexpr std::size_t kMostSuggestions = 6;

}  // namespace

SpellingRunner::SpellingRunner(Inbox& inbox, std::function<void(Event)> event, Open open,
                               std::string preferred)
    : inbox_(inbox), event_(std::move(event)) {
  if (!open) return;
  thread_.enqueue([this, open = std::move(open), preferred = std::move(preferred)] {
    dictionaries_ = open();
    DictionariesFound found;
    if (dictionaries_) found.languages = dictionaries_->languages();
    found.preferred = preferred;
    tell(std::move(found));
  });
}

// Any thread.
void SpellingRunner::tell(Event event) {
  inbox_.post([this, event = std::move(event)] { event_(event); });
}

bool SpellingRunner::is_written_in(const std::string& language, const std::string& word) {
  return scripts_.try_emplace(language, language).first->second.write(word);
}

// A dictionary says nothing of words in another script than its own, and one that knows a word is enough.
bool SpellingRunner::knows(const std::vector<std::string>& languages, const std::string& word) {
  bool asked = false;
  for (const auto& language : languages) {
    if (!is_written_in(language, word)) continue;
    if (dictionaries_->knows(language, word)) return true;
    asked = true;
  }
  return !asked;
}

void SpellingRunner::run(const LookUpWords& effect) {
  thread_.enqueue([this, effect] {
    WordsChecked checked;
    checked.generation = effect.generation;
    for (const auto& word : effect.words) {
      if (thread_.is_stopping()) return;
      if (dictionaries_ && !knows(effect.languages, word)) checked.unknown.push_back(word);
    }
    tell(std::move(checked));
  });
}

// The first of each language, in turn: none is put behind all of another.
WordSuggested SpellingRunner::suggestions(const SuggestWords& effect) {
  WordSuggested found{effect.generation, effect.word, true, {}};
  if (!dictionaries_) return found;
  found.known = knows(effect.languages, effect.word);
  std::vector<std::vector<std::string>> lists;
  for (const auto& language : effect.languages)
    if (is_written_in(language, effect.word) && !thread_.is_stopping())
      lists.push_back(dictionaries_->suggest(language, effect.word));
  for (std::size_t place = 0; place < kMostSuggestions; ++place)
    for (const auto& list : lists)
      if (place < list.size() && found.instead.size() < kMostSuggestions &&
          std::ranges::find(found.instead, list[place]) == found.instead.end())
        found.instead.push_back(list[place]);
  return found;
}

void SpellingRunner::run(const SuggestWords& effect) {
  thread_.enqueue([this, effect, number = ++last_suggestion_] {
    if (number == last_suggestion_) tell(suggestions(effect));
  });
}

}  // namespace wardroom::client
