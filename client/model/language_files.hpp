#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wardroom::client {

// The languages of client/languages, which are part of the program. English is in the code.
struct LanguageFile {
  std::string_view tag;   // "de"
  std::string_view toml;  // as language::use_language reads it
};
std::span<const LanguageFile> language_files();

// The window is in this language from here on, "de" or "de_AT"; in English where there is no file for it.
void use_language_of(const std::string& tag);

}  // namespace wardroom::client
