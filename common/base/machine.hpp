#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

// What a program learns from the system that it runs on. All texts are UTF-8.
namespace wardroom {

// The words of the command line, the program's name first.
std::vector<std::string> command_words(int argc, char** argv);

// What this PC is called on its network; empty: the system doesn't say.
std::string host_name();

// The person's home folder; empty: there is none.
std::filesystem::path home_folder();
// Where a person's programs keep what they remember, and their settings; empty: there is no home folder. On
// Windows both are %LOCALAPPDATA%: what signs in as this PC must not travel to another with the person's
// profile.
std::filesystem::path data_folder();
std::filesystem::path settings_folder();
// What people know data_folder() as.
std::string_view shown_data_folder();

}  // namespace wardroom
