#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

// Whether this program starts with the desktop's session: a file of the person's own (XDG autostart), which
// other programs show and change, too; so the file is what holds, and nothing is kept beside it.
namespace wardroom::client {

// Where this system has such a place for the profile; empty: it has none. On Windows the name of a value in
// its own list (HKCU, Run), which others show and change as well.
std::filesystem::path autostart_file(const std::string& profile);
bool starts_with_session(const std::filesystem::path& file);
Result<void> change_autostart(const std::filesystem::path& file, const std::string& profile, bool on);

// Of such a file's text: whether the desktop would start it.
bool is_started_by(std::string_view text);
// What stands in it; empty for a profile that couldn't be written as an argument.
std::string autostart_entry(const std::string& profile);

}  // namespace wardroom::client
