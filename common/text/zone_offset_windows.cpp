#include "common/text/zone_offset.hpp"

namespace wardroom::text {

// Windows has names of its own for the zones; the part of ICU that knows both isn't shipped there.
std::optional<std::chrono::minutes> zone_offset(std::string_view, TimePoint) {
  return std::nullopt;
}

std::string host_zone() {
  return {};
}

}  // namespace wardroom::text
