#include "client/session/autostart.hpp"

#include <algorithm>
#include <string_view>

#include "common/base/trimmed.hpp"

namespace wardroom::client {
namespace {

constexpr std::string_view kGroup = "[Desktop Entry]";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

}  // namespace

bool is_started_by(std::string_view text) {
  bool in_group = false, has_command = false;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('[')) in_group = line == kGroup;
    if (!in_group) continue;
    if (line == "Hidden=true" || line == "X-GNOME-Autostart-enabled=false") return false;
    if (line.starts_with("Exec=")) has_command = true;
  }
  return has_command;
}

std::string autostart_entry(const std::string& profile) {
  // Names of folders, and mostly one word; what would have to be quoted isn't written.
  if (profile.empty() || !std::ranges::all_of(profile, is_plain)) return {};
  const std::string command = profile == "default" ? "wardroom" : "wardroom --profile " + profile;
  return std::string(kGroup) +
         "\nType=Application\nVersion=1.4\nName=Wardroom\nComment=Talk to your colleagues\nExec=" + command +
         "\nIcon=wardroom\nTerminal=false\nX-GNOME-Autostart-enabled=true\n";
}

}  // namespace wardroom::client
