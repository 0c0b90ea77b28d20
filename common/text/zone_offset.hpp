#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"

namespace wardroom::text {

// How far the clocks of a zone of the IANA's list ("Europe/Berlin") are from UTC at that moment. Nothing for
// a name that isn't in the list, and where this system has none.
std::optional<std::chrono::minutes> zone_offset(std::string_view zone, TimePoint at);
// The name of this PC's zone; empty where it isn't known.
std::string host_zone();

}  // namespace wardroom::text
