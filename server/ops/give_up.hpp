#pragma once

#include <atomic>

#include "common/base/result.hpp"

namespace wardroom::ops {

// Set while long work goes on: it gives up within a moment. Outlives the work; none: nobody asks.
using GiveUp = const std::atomic<bool>*;

// For each block or file.
inline Result<void> check_goes_on(GiveUp give_up) {
  if (give_up && give_up->load()) return unavailable("It was given up before its end.");
  return ok();
}

}  // namespace wardroom::ops
