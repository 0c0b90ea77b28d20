#include "common/completion/command_line.hpp"

#include "common/base/machine.hpp"

namespace wardroom::completion {

std::vector<std::string> words_to_parse(int argc, char** argv) {
  const auto words = command_words(argc, argv);
  if (words.empty()) return {};
  return {words.rbegin(), words.rend() - 1};
}

}  // namespace wardroom::completion
