#include "common/ui/time_zone.hpp"

#include <ctime>

namespace wardroom::ui {

std::chrono::minutes local_utc_offset(TimePoint at) {
  const auto seconds = static_cast<std::time_t>(to_unix_ms(at) / 1000);
  std::tm local{};
#ifdef _WIN32
  if (localtime_s(&local, &seconds) != 0) return {};
  const std::time_t shifted = _mkgmtime(&local);
#else
  if (!localtime_r(&seconds, &local)) return {};
  const std::time_t shifted = timegm(&local);
#endif
  return std::chrono::minutes{(shifted - seconds) / 60};
}

}  // namespace wardroom::ui
