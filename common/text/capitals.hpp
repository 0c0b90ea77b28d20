#pragma once

#include <string>
#include <string_view>

namespace wardroom::text {

// In capital letters as the language writes them: "Räume" is "RÄUME"; "ilk" in Turkish is "İLK". Well-formed
// UTF-8. Pure, any thread.
std::string in_capitals(std::string_view text, const std::string& language);
// Latin, Greek and Cyrillic letters without marks, digits and signs between them: they may be set apart.
// Letters of other scripts are joined, reordered or placed on others.
bool has_separable_letters(std::string_view text);

}  // namespace wardroom::text
