#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "common/ui/theme.hpp"

namespace wardroom::admin {

// What the command line says.
struct Options {
  std::string target;  // HOST:PORT, a wardroom:// link, or empty
  std::string profile = "default";
  std::optional<std::filesystem::path> data;
  ui::ThemeKind theme = ui::ThemeKind::dark;
  int scale_percent = 100;
  int width = 1280;
  int height = 800;
  std::filesystem::path screenshot;  // of the first complete frame; then the program ends
};

// Nothing: the program is to end with `exit_code`, and has said why.
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

}  // namespace wardroom::admin
