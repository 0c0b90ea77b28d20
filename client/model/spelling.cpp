#include "client/model/spelling.hpp"

#include <algorithm>

#include "client/model/settings.hpp"
#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"
#include "common/text/spelled_words.hpp"
#include "common/text/unicode.hpp"

namespace wardroom::client {
namespace {

// More than the longest text in a composer has, and a person ever adds.
constexpr std::size_t kMostUnknown = 20'000;
constexpr std::size_t kMostOwnWords = 2'000;
constexpr std::size_t kLongestOwnWord = 100;

std::string language_of(std::string_view tag) {
  return std::string(tag.substr(0, tag.find_first_of("_-.@")));
}

// All has to be asked for again: other languages, other own words.
void forget_words(SpellingState& spelling) {
  ++spelling.generation;
  spelling.checking = false;
  spelling.unknown.clear();
  spelling.suggestions = {};
}

// Whatever the case: who added "Osei" doesn't want to add "OSEI".
std::set<std::string> known_besides(const State& state) {
  std::set<std::string> known = state.spelling.ignored;
  for (const auto& word : state.settings.spelling.own_words) known.insert(text::casefolded(word));
  return known;
}

void drop_unknown(SpellingState& spelling, const std::string& word) {
  const std::string folded = text::casefolded(word);
  std::erase_if(spelling.unknown, [&](const std::string& one) { return text::casefolded(one) == folded; });
}

void add_own_word(std::vector<std::string>& words, std::string_view word) {
  if (word.empty() || word.size() > kLongestOwnWord || words.size() >= kMostOwnWords) return;
  if (word.find('\n') != std::string_view::npos) return;
  if (std::ranges::find(words, word) == words.end()) words.emplace_back(word);
}

std::vector<std::string> parse_own_words(std::string_view typed) {
  std::vector<std::string> words;
  while (!typed.empty()) {
    const auto end = std::min(typed.find_first_of(",;\n"), typed.size());
    add_own_word(words, trimmed(typed.substr(0, end)));
    typed.remove_prefix(std::min(end + 1, typed.size()));
  }
  return words;
}

}  // namespace

std::vector<std::string> spelling_languages(const State& state) {
  const auto& installed = state.spelling.installed;
  std::vector<std::string> languages;
  if (const auto& chosen = state.settings.spelling.languages) {
    for (const auto& tag : installed)
      if (std::ranges::find(*chosen, tag) != chosen->end()) languages.push_back(tag);
    return languages;
  }
  const auto& preferred = state.spelling.preferred;
  if (std::ranges::find(installed, preferred) != installed.end()) return {preferred};
  for (const auto& tag : installed)
    if (language_of(tag) == language_of(preferred)) return {tag};
  return languages;
}

void forget_spelling(Turn& turn) {
  turn.state.settings.spelling.own_words.clear();
  turn.state.spelling.ignored.clear();
  forget_words(turn.state.spelling);
}

SpellingProps select_spelling(const State& state) {
  const auto& spelling = state.spelling;
  SpellingProps props;
  props.on = state.settings.spelling.on && !spelling_languages(state).empty();
  props.generation = spelling.generation;
  if (!props.on) return props;
  props.checking = spelling.checking;
  props.unknown.assign(spelling.unknown.begin(), spelling.unknown.end());
  props.suggestions = spelling.suggestions;
  return props;
}

SpellingSettingsProps select_spelling_settings(const State& state) {
  SpellingSettingsProps props;
  props.on = state.settings.spelling.on;
  props.looking = !state.spelling.found;
  const auto chosen = spelling_languages(state);
  for (const auto& tag : state.spelling.installed)
    props.languages.push_back({tag, text::name_of_language(tag, language::used_language()),
                               std::ranges::find(chosen, tag) != chosen.end()});
  std::ranges::sort(props.languages, {}, &SpellingSettingsProps::Language::name);
  for (const auto& word : state.settings.spelling.own_words)
    props.own_words += (props.own_words.empty() ? "" : ", ") + word;
  return props;
}

void fold(Turn& turn, const CheckWords& action) {
  auto& spelling = turn.state.spelling;
  auto languages = spelling_languages(turn.state);
  if (languages.empty() || action.words.empty()) return;
  spelling.checking = true;
  turn.effect(LookUpWords{spelling.generation, std::move(languages), action.words});
}

void fold(Turn& turn, const AskSuggestions& action) {
  auto& spelling = turn.state.spelling;
  spelling.suggestions = {action.word, false, false, {}};
  turn.effect(SuggestWords{spelling.generation, spelling_languages(turn.state), action.word});
}

void fold(Turn& turn, const LearnWord& action) {
  add_own_word(turn.state.settings.spelling.own_words, action.word);
  drop_unknown(turn.state.spelling, action.word);
  save_settings(turn);
}

void fold(Turn& turn, const IgnoreWord& action) {
  turn.state.spelling.ignored.insert(text::casefolded(action.word));
  drop_unknown(turn.state.spelling, action.word);
}

void fold(Turn& turn, const SetSpelling& action) {
  turn.state.settings.spelling.on = action.on;
  forget_words(turn.state.spelling);
  save_settings(turn);
}

void fold(Turn& turn, const SetSpellingLanguage& action) {
  auto& choices = turn.state.settings.spelling;
  // One that isn't installed now may be again tomorrow.
  if (!choices.languages) choices.languages = spelling_languages(turn.state);
  std::erase(*choices.languages, action.language);
  if (action.on) choices.languages->push_back(action.language);
  forget_words(turn.state.spelling);
  save_settings(turn);
}

void fold(Turn& turn, const SetOwnWords& action) {
  turn.state.settings.spelling.own_words = parse_own_words(action.typed);
  forget_words(turn.state.spelling);
  save_settings(turn);
}

void fold(Turn& turn, const DictionariesFound& event) {
  auto& spelling = turn.state.spelling;
  spelling.found = true;
  spelling.installed = event.languages;
  spelling.preferred = event.preferred;
  forget_words(spelling);
}

void fold(Turn& turn, const WordsChecked& event) {
  auto& spelling = turn.state.spelling;
  if (event.generation != spelling.generation) return;
  spelling.checking = false;
  const auto known = known_besides(turn.state);
  for (const auto& word : event.unknown)
    if (!known.contains(text::casefolded(word))) spelling.unknown.insert(word);
  if (spelling.unknown.size() > kMostUnknown) forget_words(spelling);
}

void fold(Turn& turn, const WordSuggested& event) {
  auto& spelling = turn.state.spelling;
  if (event.generation != spelling.generation || event.word != spelling.suggestions.word) return;
  spelling.suggestions.there = true;
  spelling.suggestions.known =
      event.known || known_besides(turn.state).contains(text::casefolded(event.word));
  spelling.suggestions.instead = event.instead;
}

}  // namespace wardroom::client
