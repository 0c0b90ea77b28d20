#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wardroom::text {

// What stands behind each @ of a text, lower case, each once: "@lena" and "(@lena)", but not "mail@lena", nor
// what stands in `code`. For each the names that may be meant, the likeliest first: without the punctuation
// that ends a sentence ("@lena."), with it, and shorter ones up to a dot, hyphen or underscore within
// ("@lena.Thanks"). The first one that is somebody's name is meant; "room" as the first of all is everybody.
using Called = std::vector<std::string>;
std::vector<Called> find_mentions(std::string_view text);
bool names_everybody(const std::vector<Called>& mentions);

}  // namespace wardroom::text
