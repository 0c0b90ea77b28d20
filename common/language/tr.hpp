#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

// The language in which the programs speak. The texts are English in the code, and keys of the files of other
// languages; a text that a file lacks stays English. Functions can be called on any thread, and what they
// return by reference lives as long as the program.
namespace wardroom::language {

// All texts come in this language from here on. `toml`: its file, with a table `texts` of English to it, and
// one `counts` of English plurals to tables by ICU's plural categories; empty for "en". The error names what
// can't be read, and then nothing changes.
Result<void> use_language(const std::string& tag, std::string_view toml);
// "en", "de".
std::string used_language();

// The text in the language in use.
const std::string& tr(std::string_view english);

// What stands for {0}, {1} … in a text. A text of a person's own keeps its braces.
std::string filled(std::string_view text, const std::vector<std::string>& values);

template <class... Values>
requires(sizeof...(Values) > 0) std::string tr(std::string_view english, const Values&... values) {
  return filled(tr(english), {std::string(values)...});
}

// For a number of things, which is {0}, in groups of three digits: tr_count(2, "{0} member", "{0} members").
std::string tr_count(std::int64_t number, std::string_view one, std::string_view others,
                     const std::vector<std::string>& more = {});

}  // namespace wardroom::language

namespace wardroom {
using language::tr;
using language::tr_count;
}  // namespace wardroom
