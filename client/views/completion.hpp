#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/props/composer.hpp"

namespace wardroom::client::views {

enum class CompletionKind { person, emoji, command };

// The word before the cursor that asks to be completed: "@le", ":sm", "/to".
struct CompletionToken {
  CompletionKind kind = CompletionKind::person;
  std::size_t begin = 0;   // of the sign, bytes
  std::string_view query;  // behind the sign
};
std::optional<CompletionToken> find_completion_token(std::string_view text, std::size_t cursor);

struct Completion {
  std::string insert;  // replaces the token, a space follows
  std::string lead;    // an emoji; empty otherwise
  std::string label;
  std::string detail;
};
// The best few, best first.
std::vector<Completion> complete(const CompletionToken& token, const ComposerProps& props);

}  // namespace wardroom::client::views
