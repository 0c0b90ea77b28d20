#pragma once

#include <string>

#include <CLI/CLI.hpp>

// What a shell offers behind a program's name when somebody presses Tab: its commands and options, from the
// same table that reads the command line.
namespace wardroom::completion {

// Adds the command `completion SHELL`, which isn't listed in the help. `shell` outlives the reading.
CLI::App* add_command(CLI::App& program, std::string& shell);

// A script for bash, zsh or fish, to be read by that shell. Where neither a command nor an option is due, it
// leaves the word to the shell, which offers files.
std::string compose_script(const CLI::App& program, const std::string& shell);

}  // namespace wardroom::completion
