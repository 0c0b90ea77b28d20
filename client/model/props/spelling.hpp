#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Which words of the composer are unknown, and what the person chose about that.
namespace wardroom::client {

struct SpellingChoices {
  bool on = true;
  std::optional<std::vector<std::string>> languages;  // "de_DE"; not set: what this PC speaks
  std::vector<std::string> own_words;
};

// Of one word, the last one that was asked for.
struct SpellingSuggestions {
  std::string word;
  bool there = false;  // else they are still looked for
  bool known = false;  // the word is right as it is
  std::vector<std::string> instead;
};

struct SpellingProps {
  bool on = false;                   // and there is a dictionary
  std::uint64_t generation = 0;      // grows when all words have to be asked for again
  bool checking = false;             // an answer is awaited: more words can be asked for afterwards
  std::vector<std::string> unknown;  // ascending, among those that were asked for
  SpellingSuggestions suggestions;
};

struct SpellingSettingsProps {
  struct Language {
    std::string tag;   // "de_DE"
    std::string name;  // "German (Germany)"
    bool chosen = false;
  };
  bool on = true;
  bool looking = false;             // it isn't known yet what is installed
  std::vector<Language> languages;  // by name
  std::string own_words;            // "Wardroom, Osei"
};

}  // namespace wardroom::client
