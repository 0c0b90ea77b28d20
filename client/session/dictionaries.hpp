#pragma once

#include <memory>
#include <string>
#include <vector>

namespace wardroom::client {

// The dictionaries that are installed on this PC. One thread; a call may take as long as a dictionary takes
// to load.
class Dictionaries {
 public:
  virtual ~Dictionaries() = default;
  // Their languages, as "de_DE", each once, ascending.
  virtual std::vector<std::string> languages() = 0;
  // A word of UTF-8, in a language of the above. One whose dictionary can't be read knows every word: nothing
  // is called wrong that nobody could look up.
  virtual bool knows(const std::string& language, const std::string& word) = 0;
  // What may be meant, likeliest first; perhaps nothing.
  virtual std::vector<std::string> suggest(const std::string& language, const std::string& word) = 0;
};

// Null where this system has none.
std::unique_ptr<Dictionaries> open_dictionaries();

// The language that this PC speaks with its person, as "de_DE"; "en" where it doesn't say.
std::string preferred_language();

}  // namespace wardroom::client
