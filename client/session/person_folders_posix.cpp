#include "client/session/person_folders.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "common/base/machine.hpp"

namespace wardroom::client {
namespace {

bool is_folder(const std::filesystem::path& path) {
  std::error_code unknown;
  return std::filesystem::is_directory(path, unknown);
}

}  // namespace

std::filesystem::path downloads_folder() {
  const auto known = home_folder();
  const std::filesystem::path home = known.empty() ? "/" : known;
  const char* config = std::getenv("XDG_CONFIG_HOME");
  std::ifstream in((config && *config ? std::filesystem::path(config) : home / ".config") / "user-dirs.dirs");
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::string said = downloads_of(text, home.string());
  if (!said.empty() && is_folder(said)) return said;
  return is_folder(home / "Downloads") ? home / "Downloads" : home;
}

std::string system_name(std::string name) {
  return name;
}

}  // namespace wardroom::client
