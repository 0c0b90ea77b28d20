#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "client/model/props/dialogs.hpp"

namespace wardroom::client {

// What the command line says. An option that isn't there leaves the person's own setting.
struct Options {
  std::string link;
  std::string profile = "default";
  std::optional<std::filesystem::path> data;
  std::optional<ThemeChoice> theme;
  std::optional<int> scale_percent;
  int width = 1280;
  int height = 800;
  std::filesystem::path screenshot;  // of the first complete frame; then the program ends
};

// Nothing: the program is to end with `exit_code`, and has said why.
std::optional<Options> parse_options(int argc, char** argv, int& exit_code);

}  // namespace wardroom::client
