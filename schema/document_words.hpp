#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace wardroom::schema {

// What tables, columns, indexes and triggers hold or are for, where the migrations don't say it: by "table",
// "table.column", or the name of the index or trigger.
std::span<const std::pair<std::string_view, std::string_view>> document_words();

}  // namespace wardroom::schema
