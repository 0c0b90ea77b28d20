#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "common/ui/theme.hpp"

namespace wardroom::desk {

// What a desktop program is called, and what its command line says about it.
struct About {
  std::string program;      // "wardroom": the command, the folder of its profiles, the desktop's entry
  std::string title;        // of its window
  std::string description;  // a sentence
  std::string target;       // the name of the argument without a dash
  std::string target_help;
  std::string keeps;     // under --data: "the cache"
  std::string examples;  // a line each
  int least_width = 720;
};

// What the command line says. An option that isn't there leaves the person's own setting.
struct Options {
  std::string target;  // a wardroom:// link, where it makes sense HOST:PORT, or empty
  std::string profile = "default";
  std::optional<std::filesystem::path> data;
  std::optional<ui::ThemeKind> theme;
  std::optional<int> scale_percent;
  bool sized = false;  // by the command line: then the window's last place isn't taken up
  int width = 1280;
  int height = 800;
  std::filesystem::path screenshot;  // of the first complete frame; then the program ends
};

// Nothing: the program is to end with `exit_code`, and has said why.
std::optional<Options> parse_options(const About& about, int argc, char** argv, int& exit_code);

}  // namespace wardroom::desk
