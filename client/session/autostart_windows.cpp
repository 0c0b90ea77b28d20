#include "client/session/autostart.hpp"

namespace wardroom::client {

std::filesystem::path autostart_file(const std::string&) {
  return {};
}

bool starts_with_session(const std::filesystem::path&) {
  return false;
}

Result<void> change_autostart(const std::filesystem::path&, const std::string&, bool) {
  return unavailable("This system has no such file.");
}

}  // namespace wardroom::client
