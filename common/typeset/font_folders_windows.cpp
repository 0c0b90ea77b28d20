#include "common/base/machine.hpp"
#include "common/base/windows_api.hpp"
#include "common/typeset/font_files.hpp"

namespace wardroom::typeset {

std::vector<std::filesystem::path> font_folders() {
  std::vector<std::filesystem::path> folders;
  PWSTR found = nullptr;
  if (SUCCEEDED(SHGetKnownFolderPath(FOLDERID_Fonts, 0, nullptr, &found))) folders.emplace_back(found);
  CoTaskMemFree(found);
  // What a person installs without being an administrator.
  if (const auto local = data_folder(); !local.empty())
    folders.emplace_back(local / "Microsoft/Windows/Fonts");
  return folders;
}

std::string_view font_remedy() {
  return "Windows brings Segoe UI: have its fonts restored (Settings, Personalization, Fonts).";
}

}  // namespace wardroom::typeset
