#include "common/desk/session/policy_file.hpp"

#include <algorithm>

#include <toml++/toml.h>

namespace wardroom::desk {
namespace {

const PolicySetting* find_setting(std::string_view name) {
  const auto all = policy_settings();
  const auto at = std::ranges::find(all, name, &PolicySetting::name);
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

PolicyValues load_policy_file(const std::filesystem::path& file, std::vector<std::string>& problems) {
  PolicyValues values;
  std::error_code failed;
  if (!std::filesystem::exists(file, failed) && !failed) return values;
  const std::string who = file.string() + " on this PC";
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    problems.push_back(file.string() + " can't be followed: " + std::string(error.description()) + " (line " +
                       std::to_string(error.source().begin.line) + ").");
    return values;
  }
  for (const auto& [key, node] : root) {
    const std::string name(key.str());
    const auto* setting = find_setting(name);
    if (!setting) {
      problems.push_back(file.string() + " has a setting that there isn't: \"" + name + "\".");
    } else if (setting->kind == PolicyKind::flag && node.is_boolean()) {
      values[name] = {*node.value<bool>() ? "true" : "false", who};
    } else if (setting->kind != PolicyKind::flag && node.is_string()) {
      values[name] = {*node.value<std::string>(), who};
    } else {
      problems.push_back("\"" + name + "\" in " + file.string() + " has to be " +
                         (setting->kind == PolicyKind::flag ? "true or false." : "a text in quotes."));
    }
  }
  return values;
}

}  // namespace wardroom::desk
