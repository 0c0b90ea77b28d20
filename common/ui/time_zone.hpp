#pragma once

#include <chrono>

#include "common/base/clock.hpp"

namespace wardroom::ui {

// What this PC adds to UTC at that moment. The operating system's part of telling the time.
std::chrono::minutes local_utc_offset(TimePoint at);

}  // namespace wardroom::ui
