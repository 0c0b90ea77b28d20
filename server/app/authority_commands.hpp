#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "server/app/authority.hpp"

namespace wardroom::app {

// `wardroomd authority …`: another key for the office's certificate authority. A step is the running
// server's, which records it.
class AuthorityArguments {
 public:
  explicit AuthorityArguments(CLI::App& program);
  // The exit status, if it was one of these.
  std::optional<int> run() const;

 private:
  CLI::App* show_;
  std::vector<std::pair<CLI::App*, AuthorityStep>> steps_;
  std::string data_;
};

}  // namespace wardroom::app
