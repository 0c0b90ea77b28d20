#include "common/link/profile_directory.hpp"

#include <cstdlib>
#include <unistd.h>

#include "common/link/private_file.hpp"

namespace wardroom::link {

Result<std::filesystem::path> open_profile_directory(const std::string& program, const std::string& profile,
                                                     const std::optional<std::filesystem::path>& data) {
  if (profile.empty() || profile.starts_with('.') || profile.find_first_of("/\\:") != std::string::npos)
    return params_error("--profile", "A profile's name is a word, such as \"home\".");
  std::filesystem::path base;
  if (data) {
    base = *data;
  } else if (const char* xdg = std::getenv("XDG_DATA_HOME"); xdg && *xdg == '/') {
    base = std::filesystem::path(xdg) / program;
  } else if (const char* home = std::getenv("HOME"); home && *home) {
    base = std::filesystem::path(home) / ".local" / "share" / program;
  } else {
    return params_error("--data",
                        "There is no home directory. Say with --data where to keep what is remembered.");
  }
  const auto directory = base / profile;
  if (auto made = make_private_directory(directory); !made) return made.error();
  return directory;
}

std::string device_name() {
  char name[256] = {};
  if (::gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "PC";
  return name;
}

}  // namespace wardroom::link
