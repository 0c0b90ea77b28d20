#include "common/desk/session/policy_values.hpp"

#include <optional>

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::desk {
namespace {

std::optional<std::string> text_in(const wchar_t* key, const std::wstring& name) {
  wchar_t text[2048] = {};
  DWORD size = sizeof text;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, key, name.c_str(), RRF_RT_REG_SZ, nullptr, text, &size) !=
      ERROR_SUCCESS)
    return std::nullopt;
  return to_utf8(text);
}

std::optional<std::string> flag_in(const wchar_t* key, const std::wstring& name) {
  DWORD number = 0, size = sizeof number;
  if (RegGetValueW(HKEY_LOCAL_MACHINE, key, name.c_str(), RRF_RT_REG_DWORD, nullptr, &number, &size) !=
      ERROR_SUCCESS)
    return std::nullopt;
  return number == 0 ? "false" : number == 1 ? "true" : std::to_string(number);
}

}  // namespace

// A value of another type than the table says is none, as Windows' own programs see it.
PolicyValues load_policy_values(std::vector<std::string>&) {
  struct Place {
    const wchar_t* key;
    const char* who;
  };
  PolicyValues values;
  // The first that has a value wins.
  for (const auto& place : {Place{L"Software\\Policies\\Wardroom", "your office's group policy"},
                            Place{L"Software\\Wardroom", "how Wardroom was installed on this PC"}})
    for (const auto& setting : policy_settings()) {
      const auto name = to_wide(setting.value);
      auto found = setting.kind == PolicyKind::flag ? flag_in(place.key, name) : text_in(place.key, name);
      if (found) values.try_emplace(std::string(setting.name), PolicyValue{std::move(*found), place.who});
    }
  return values;
}

}  // namespace wardroom::desk
