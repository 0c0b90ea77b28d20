#include "ctl/irc_log/named_zone.hpp"

#include <memory>

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::irc_log {
namespace {

// ICU's C functions in Windows' icu.dll (ucal.h), which keeps its time zones by itself.
using Calendar = void*;
using Status = int;  // UErrorCode: over 0 is an error
constexpr int kGregorian = 1;
constexpr const char* kLocale = "en";

struct WindowsIcu {
  Calendar (*open)(const wchar_t* zone, std::int32_t length, const char* locale, int type, Status* status);
  void (*close)(Calendar calendar);
  void (*set_date_time)(Calendar calendar, std::int32_t year, std::int32_t month, std::int32_t day,
                        std::int32_t hour, std::int32_t minute, std::int32_t second, Status* status);
  double (*get_millis)(Calendar calendar, Status* status);
  void (*clear)(Calendar calendar);
  std::int32_t (*canonical)(const wchar_t* zone, std::int32_t length, wchar_t* into, std::int32_t room,
                            std::int8_t* is_system, Status* status);
};

template <class F>
bool find_function(HMODULE library, const char* name, F& into) {
  into = reinterpret_cast<F>(reinterpret_cast<void*>(GetProcAddress(library, name)));
  return into != nullptr;
}

// Null where Windows has none. Loaded once, and from Windows' own folder alone.
const WindowsIcu* windows_icu() {
  static const std::optional<WindowsIcu> loaded = []() -> std::optional<WindowsIcu> {
    const HMODULE library = LoadLibraryExW(L"icu.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
    WindowsIcu icu{};
    const bool whole = library && find_function(library, "ucal_open", icu.open) &&
                       find_function(library, "ucal_close", icu.close) &&
                       find_function(library, "ucal_setDateTime", icu.set_date_time) &&
                       find_function(library, "ucal_getMillis", icu.get_millis) &&
                       find_function(library, "ucal_clear", icu.clear) &&
                       find_function(library, "ucal_getCanonicalTimeZoneID", icu.canonical);
    return whole ? std::optional(icu) : std::nullopt;
  }();
  return loaded ? &*loaded : nullptr;
}

}  // namespace

std::optional<Zone> find_named_zone(const std::string& name) {
  const WindowsIcu* icu = windows_icu();
  if (!icu || name.empty()) return std::nullopt;
  const std::wstring wide = to_wide(name);
  const auto length = static_cast<std::int32_t>(wide.size());
  wchar_t canonical[128] = {};
  std::int8_t is_system = 0;
  Status status = 0;
  icu->canonical(wide.c_str(), length, canonical, 128, &is_system, &status);
  if (status > 0 || is_system == 0) return std::nullopt;  // ICU makes a zone of any name
  const std::shared_ptr<void> calendar(icu->open(wide.c_str(), length, kLocale, kGregorian, &status),
                                       icu->close);
  if (status > 0) return std::nullopt;
  return Zone{name, [icu, calendar](LocalTime local) {
                const auto day = std::chrono::floor<std::chrono::days>(local);
                const std::chrono::year_month_day date(day);
                const std::chrono::hh_mm_ss clock(local - day);
                Status failed = 0;
                icu->clear(calendar.get());
                icu->set_date_time(calendar.get(), static_cast<int>(date.year()),
                                   static_cast<int>(static_cast<unsigned>(date.month())) - 1,
                                   static_cast<int>(static_cast<unsigned>(date.day())),
                                   static_cast<std::int32_t>(clock.hours().count()),
                                   static_cast<std::int32_t>(clock.minutes().count()),
                                   static_cast<std::int32_t>(clock.seconds().count()), &failed);
                const double millis = icu->get_millis(calendar.get(), &failed);
                return TimePoint(std::chrono::milliseconds(static_cast<std::int64_t>(millis)));
              }};
}

}  // namespace wardroom::irc_log
