#include "client/session/autostart.hpp"

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

// Windows' own list of what starts with a person's session. The "file" is the value's name in it.
namespace wardroom::client {
namespace {

constexpr const wchar_t* kRun = L"Software\\Microsoft\\Windows\\CurrentVersion\\Run";
// What Settings and the task manager switched off: an odd first byte.
constexpr const wchar_t* kApproved =
    L"Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run";

std::wstring own_path() {
  std::wstring path(MAX_PATH, L'\0');
  for (;;) {
    const DWORD size = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (size < path.size()) return path.substr(0, size);
    path.resize(path.size() * 2);
  }
}

std::string registry_failure(LSTATUS status) {
  return "Windows' list of programs that start with your session can't be changed: error " +
         std::to_string(status) + ".";
}

bool is_switched_off(const std::wstring& name) {
  BYTE value[64];
  DWORD size = sizeof value;
  return RegGetValueW(HKEY_CURRENT_USER, kApproved, name.c_str(), RRF_RT_REG_BINARY, nullptr, value, &size) ==
             ERROR_SUCCESS &&
         size > 0 && (value[0] & 1) != 0;
}

}  // namespace

std::filesystem::path autostart_file(const std::string& profile) {
  if (autostart_entry(profile).empty()) return {};
  return profile == "default" ? "Wardroom" : "Wardroom " + profile;
}

bool starts_with_session(const std::filesystem::path& file) {
  return RegGetValueW(HKEY_CURRENT_USER, kRun, file.c_str(), RRF_RT_REG_SZ, nullptr, nullptr, nullptr) ==
             ERROR_SUCCESS &&
         !is_switched_off(file.native());
}

Result<void> change_autostart(const std::filesystem::path& file, const std::string& profile, bool on) {
  LSTATUS status = ERROR_SUCCESS;
  if (on) {
    std::wstring command = L'"' + own_path() + L'"';
    if (profile != "default") command += L" --profile " + to_wide(profile);
    status = RegSetKeyValueW(HKEY_CURRENT_USER, kRun, file.c_str(), REG_SZ, command.c_str(),
                             static_cast<DWORD>((command.size() + 1) * sizeof(wchar_t)));
    // As long as it is switched off there, the list counts for nothing.
    if (status == ERROR_SUCCESS && is_switched_off(file.native()))
      status = RegDeleteKeyValueW(HKEY_CURRENT_USER, kApproved, file.c_str());
  } else {
    status = RegDeleteKeyValueW(HKEY_CURRENT_USER, kRun, file.c_str());
  }
  if (status != ERROR_SUCCESS && (on || status != ERROR_FILE_NOT_FOUND))
    return unavailable(registry_failure(status));
  return ok();
}

}  // namespace wardroom::client
