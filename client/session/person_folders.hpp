#pragma once

#include <filesystem>
#include <string>

// Where a person's files go.
namespace wardroom::client {

// The desktop's folder of downloads; the home folder where there is none.
std::filesystem::path downloads_folder();
// "~/x" and "x" are within the home folder.
std::filesystem::path expand_home(const std::string& path);
// A name that somebody else chose, as one on this PC: never a path, and not one that begins with a dot.
std::string safe_name(const std::string& name);
// Without what this system's names can't have.
std::string system_name(std::string name);
// In the folder, under that name or, where that is taken, "NAME (2).EXT" and so on.
std::filesystem::path free_path(const std::filesystem::path& folder, const std::string& name);
// Of the text of user-dirs.dirs (xdg-user-dirs): the folder of downloads; empty: it doesn't say.
std::string downloads_of(const std::string& text, const std::string& home);

}  // namespace wardroom::client
