#include "common/base/machine.hpp"

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom {
namespace {

std::filesystem::path known_folder(const KNOWNFOLDERID& id) {
  PWSTR found = nullptr;
  std::filesystem::path folder;
  if (SUCCEEDED(SHGetKnownFolderPath(id, 0, nullptr, &found))) folder = found;
  CoTaskMemFree(found);
  return folder;
}

}  // namespace

// Windows hands `main` the words in the code page of old; the line itself is Unicode.
std::vector<std::string> command_words(int argc, char** argv) {
  int count = 0;
  wchar_t** words = CommandLineToArgvW(GetCommandLineW(), &count);
  if (!words) return {argv, argv + argc};
  std::vector<std::string> utf8;
  for (int i = 0; i < count; ++i) utf8.push_back(to_utf8(words[i]));
  LocalFree(words);
  return utf8;
}

std::string host_name() {
  wchar_t name[256] = {};
  DWORD size = 256;
  return GetComputerNameExW(ComputerNameDnsHostname, name, &size) ? to_utf8(name) : "";
}

std::filesystem::path home_folder() {
  return known_folder(FOLDERID_Profile);
}

std::filesystem::path data_folder() {
  return known_folder(FOLDERID_LocalAppData);
}

std::filesystem::path settings_folder() {
  return known_folder(FOLDERID_LocalAppData);
}

std::string_view shown_data_folder() {
  return "%LOCALAPPDATA%";
}

}  // namespace wardroom
