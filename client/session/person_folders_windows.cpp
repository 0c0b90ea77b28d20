#include "client/session/person_folders.hpp"

#include <algorithm>
#include <array>

#include "common/base/machine.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::client {
namespace {

// Devices since the days of DOS, whatever stands behind a dot.
bool is_device(std::string_view name) {
  constexpr std::array<std::string_view, 4> kDevices{"CON", "PRN", "AUX", "NUL"};
  std::string stem(name.substr(0, name.find('.')));
  while (stem.ends_with(' ')) stem.pop_back();
  for (char& c : stem)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  if (std::ranges::find(kDevices, stem) != kDevices.end() || stem == "CONIN$" || stem == "CONOUT$")
    return true;
  if (!stem.starts_with("COM") && !stem.starts_with("LPT")) return false;
  const std::string_view number = std::string_view(stem).substr(3);
  const bool is_digit = number.size() == 1 && number[0] >= '0' && number[0] <= '9';
  return is_digit || number == "\xC2\xB9" || number == "\xC2\xB2" || number == "\xC2\xB3";  // ¹²³ count, too
}

}  // namespace

std::filesystem::path downloads_folder() {
  PWSTR found = nullptr;
  std::filesystem::path folder;
  if (SUCCEEDED(SHGetKnownFolderPath(FOLDERID_Downloads, 0, nullptr, &found))) folder = found;
  CoTaskMemFree(found);
  return folder.empty() ? home_folder() : folder;
}

// A colon would name a second stream of the file; of an ending in dots or blanks Windows makes another one.
std::string system_name(std::string name) {
  for (char& c : name)
    if (std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos) c = '_';
  while (name.ends_with('.') || name.ends_with(' ')) name.back() = '_';
  return is_device(name) ? "_" + name : name;
}

}  // namespace wardroom::client
