#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Which parts of a message a dictionary can say something about. Pure functions, any thread.
namespace wardroom::text {

// Where the words stand that the person wrote as words of a language, in order: from byte to byte. Left out
// is what is spelled as somebody else wants it: links and addresses, code, @names, #rooms, :emoji:, what has
// a digit, a dot or an underscore within, and what is longer than any word. So are the scripts whose
// words are only guessed at and have no spelling (Han, kana). `text` is well-formed UTF-8.
std::vector<std::pair<std::size_t, std::size_t>> find_spelled_words(std::string_view text);

// The scripts that a language is written in, for example of "de_DE" or "sr_Latn".
class ScriptsOfLanguage {
 public:
  explicit ScriptsOfLanguage(const std::string& language);
  // Whether all letters of the word are of these: no dictionary of another script knows it.
  bool write(std::string_view word) const;

 private:
  std::vector<int> scripts_;  // ICU's numbers
};

// "German (Germany)" of "de_DE", in the language `in`; what nobody has a name for stays as it is.
std::string name_of_language(const std::string& language, const std::string& in);

}  // namespace wardroom::text
