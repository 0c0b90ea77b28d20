#include "client/model/language_files.hpp"

#include <cassert>

#include "common/language/tr.hpp"

namespace wardroom::client {

void use_language_of(const std::string& tag) {
  const std::string_view language = std::string_view{tag}.substr(0, tag.find_first_of("_-"));
  LanguageFile chosen{"en", ""};
  for (const LanguageFile& file : language_files())
    if (file.tag == language) chosen = file;
  // A test reads each of them: one that can't be read isn't shipped.
  const auto used = language::use_language(std::string(chosen.tag), chosen.toml);
  assert(used);
  static_cast<void>(used);
}

}  // namespace wardroom::client
