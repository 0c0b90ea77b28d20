#pragma once

#include <string>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Which words of what the person writes are unknown to the dictionaries of the languages that they chose.
namespace wardroom::client {

// Those of which a dictionary is installed. Nothing chosen: this PC's language, of another country if need
// be.
std::vector<std::string> spelling_languages(const State& state);
// When the person signs out: their words are nobody else's business.
void forget_spelling(Turn& turn);
SpellingProps select_spelling(const State& state);
SpellingSettingsProps select_spelling_settings(const State& state);

void fold(Turn& turn, const CheckWords& action);
void fold(Turn& turn, const AskSuggestions& action);
void fold(Turn& turn, const LearnWord& action);
void fold(Turn& turn, const IgnoreWord& action);
void fold(Turn& turn, const SetSpelling& action);
void fold(Turn& turn, const SetSpellingLanguage& action);
void fold(Turn& turn, const SetOwnWords& action);
void fold(Turn& turn, const DictionariesFound& event);
void fold(Turn& turn, const WordsChecked& event);
void fold(Turn& turn, const WordSuggested& event);

}  // namespace wardroom::client
