#pragma once

#include <string>
#include <vector>

namespace wardroom::admin {

using CsvRow = std::vector<std::string>;

// A table as RFC 4180 has it: CRLF, and quotes where a field has a comma, a quote or a line's end. In UTF-8
// behind its mark, without which Excel takes it for another encoding. A field that a spreadsheet would take
// for a formula (it begins with = + - @, a tab or a return) gets an apostrophe in front.
std::string compose_csv(const std::vector<CsvRow>& rows);

}  // namespace wardroom::admin
