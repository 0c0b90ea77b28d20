#include "common/base/machine.hpp"

#include <cstdlib>
#include <unistd.h>

namespace wardroom {
namespace {

// A relative path there is to be ignored (XDG base directory specification).
std::filesystem::path xdg_folder(const char* variable, const char* in_home) {
  if (const char* said = std::getenv(variable); said && *said == '/') return said;
  const auto home = home_folder();
  return home.empty() ? home : home / in_home;
}

}  // namespace

std::vector<std::string> command_words(int argc, char** argv) {
  return {argv, argv + argc};
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

std::filesystem::path home_folder() {
  const char* home = std::getenv("HOME");
  return home ? home : "";
}

std::filesystem::path data_folder() {
  return xdg_folder("XDG_DATA_HOME", ".local/share");
}

std::filesystem::path settings_folder() {
  return xdg_folder("XDG_CONFIG_HOME", ".config");
}

std::string_view shown_data_folder() {
  return "~/.local/share";
}

}  // namespace wardroom
