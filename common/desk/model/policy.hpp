#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/introduction.hpp"

// What an office decides for its PCs, once for all who use one.
namespace wardroom::desk {

enum class PolicyKind { text, theme, flag };

// A row of the one table: docs/policies.md and the templates for group policies are made of it.
struct PolicySetting {
  std::string_view name;   // in client.toml
  std::string_view value;  // in Windows' registry; a flag is a number there
  PolicyKind kind;
  std::string_view title;
  std::string_view meaning;  // sentences
};
std::span<const PolicySetting> policy_settings();

// A value as it was found: a flag as "true" or "false".
struct PolicyValue {
  std::string text;
  std::string who;  // decided it, as the end of "Set by …"
};
using PolicyValues = std::map<std::string, PolicyValue, std::less<>>;  // by name

template <class T>
struct Decided {
  T value;
  std::string who;
};

// What isn't set is left to the person.
struct Policy {
  std::optional<Decided<protocol::Introduction>> server;
  std::optional<std::string> server_locked_by;
  std::optional<Decided<bool>> dark;  // the theme; false: light
  std::optional<Decided<bool>> files;
  std::optional<Decided<bool>> autostart;
};

// Each problem is a sentence that names the setting, and what to write instead; that one then counts for
// nothing, but a lock stays.
Policy parse_policy(const PolicyValues& values, std::vector<std::string>& problems);

// "Set by your office's group policy."
std::string set_by(std::string_view who);

}  // namespace wardroom::desk
