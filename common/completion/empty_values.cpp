#include "common/completion/empty_values.hpp"

#include <string>

namespace wardroom::completion {
namespace {

std::string find_empty(const std::string& value) {
  return value.empty() ? "it is empty. Give it a value, or leave the option out." : std::string();
}

}  // namespace

void refuse_empty_values(CLI::App& program) {
  for (CLI::Option* option : program.get_options())
    if (option->nonpositional() && option->get_items_expected_max() > 0)
      option->check(CLI::Validator(find_empty, ""));
  for (CLI::App* command : program.get_subcommands([](CLI::App*) { return true; }))
    refuse_empty_values(*command);
}

}  // namespace wardroom::completion
