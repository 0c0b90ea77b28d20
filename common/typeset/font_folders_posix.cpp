#include "common/base/machine.hpp"
#include "common/typeset/font_files.hpp"

namespace wardroom::typeset {

std::vector<std::filesystem::path> font_folders() {
  std::vector<std::filesystem::path> folders{"/usr/share/fonts", "/usr/local/share/fonts"};
  if (const auto home = home_folder(); !home.empty()) {
    folders.emplace_back(home / ".local/share/fonts");
    folders.emplace_back(home / ".fonts");
  }
  return folders;
}

std::string_view font_remedy() {
  return "Install the packages fonts-noto-core and fonts-noto-mono.";
}

}  // namespace wardroom::typeset
