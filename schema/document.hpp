#pragma once

#include <string>
#include <vector>

#include "common/base/result.hpp"

namespace wardroom::schema {

// docs/schema.md: every table, view, index and trigger of a fresh database of the newest version, each column
// with its type and what it holds. What a part holds is what its comment in the migrations says, or its row
// in document_words.cpp where the migrations say nothing.
Result<std::string> compose_document();

// Tables, columns, indexes, triggers and views of which neither says what they are; and rows of
// document_words.cpp for what there isn't, or says itself.
Result<std::vector<std::string>> find_gaps_in_document();

}  // namespace wardroom::schema
