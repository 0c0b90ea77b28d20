#pragma once

#include "common/base/clock.hpp"

namespace wardroom::audit {

// How long one record speaks for what is only counted.
inline constexpr std::chrono::minutes kWindow{1};

// Also when the clock was set back meanwhile: a window never lasts longer than its minute.
inline bool is_over(TimePoint since, TimePoint now) {
  return now < since || now - since >= kWindow;
}

}  // namespace wardroom::audit
