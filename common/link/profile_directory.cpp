#include "common/link/profile_directory.hpp"

#include "common/base/machine.hpp"
#include "common/link/private_file.hpp"

namespace wardroom::link {

Result<std::filesystem::path> open_profile_directory(const std::string& program, const std::string& profile,
                                                     const std::optional<std::filesystem::path>& data) {
  if (profile.empty() || profile.starts_with('.') || profile.find_first_of("/\\:") != std::string::npos)
    return params_error("--profile", "A profile's name is a word, such as \"home\".");
  std::filesystem::path base;
  if (data) {
    base = *data;
  } else if (const auto folder = data_folder(); !folder.empty()) {
    base = folder / program;
  } else {
    return params_error("--data",
                        "There is no home directory. Say with --data where to keep what is remembered.");
  }
  const auto directory = base / profile;
  if (auto made = make_private_directory(directory); !made) return made.error();
  return directory;
}

std::string device_name() {
  const auto name = host_name();
  return name.empty() ? "PC" : name;
}

}  // namespace wardroom::link
