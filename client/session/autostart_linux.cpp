#include "client/session/autostart.hpp"

#include <cstdlib>
#include <fstream>

#include "common/base/target_file.hpp"

namespace wardroom::client {
namespace {

// Longer ones are no such file.
constexpr std::size_t kMostOfEntry = 64 * 1024;

}  // namespace

std::filesystem::path autostart_file(const std::string& profile) {
  if (autostart_entry(profile).empty()) return {};
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  if (config && *config == '/')
    folder = config;
  else if (home && *home == '/')
    folder = std::filesystem::path(home) / ".config";
  else
    return {};
  return folder / "autostart" /
         (profile == "default" ? "wardroom.desktop" : "wardroom-" + profile + ".desktop");
}

bool starts_with_session(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(kMostOfEntry, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return is_started_by(text);
}

Result<void> change_autostart(const std::filesystem::path& file, const std::string& profile, bool on) {
  std::error_code failed;
  if (!on) {
    std::filesystem::remove(file, failed);
    if (failed) return unavailable(file.string() + " can't be removed: " + failed.message() + ".");
    return ok();
  }
  std::filesystem::create_directories(file.parent_path(), failed);
  if (failed) return unavailable(file.parent_path().string() + " can't be made: " + failed.message() + ".");
  return write_target(file, autostart_entry(profile));
}

}  // namespace wardroom::client
