#pragma once

#include <string>
#include <string_view>

// Text as Windows has it. For the files of that system alone.
namespace wardroom {

// What isn't Unicode becomes U+FFFD.
std::string to_utf8(std::wstring_view text);
std::wstring to_wide(std::string_view text);

}  // namespace wardroom
