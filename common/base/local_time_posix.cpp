#include "common/base/local_time.hpp"

namespace wardroom {

std::optional<std::tm> local_time(std::time_t at) {
  std::tm parts{};
  if (!::localtime_r(&at, &parts)) return std::nullopt;
  return parts;
}

std::chrono::minutes utc_offset(std::time_t at) {
  const auto parts = local_time(at);
  return parts ? std::chrono::minutes{parts->tm_gmtoff / 60} : std::chrono::minutes{};
}

std::string local_zone_name(std::time_t at) {
  const auto parts = local_time(at);
  return parts && parts->tm_zone ? parts->tm_zone : "";
}

}  // namespace wardroom
