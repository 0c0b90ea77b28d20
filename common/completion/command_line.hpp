#pragma once

#include <string>
#include <vector>

namespace wardroom::completion {

// The words behind the program's name in UTF-8, in the order in which CLI11 takes them: the last one first.
std::vector<std::string> words_to_parse(int argc, char** argv);

}  // namespace wardroom::completion
