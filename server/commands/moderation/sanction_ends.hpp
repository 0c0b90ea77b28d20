#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>

#include "common/base/clock.hpp"

namespace wardroom::commands {

struct Services;
class GroupBatch;

// When the next mute or ban ends by itself, so that nobody looks into the database while none does. Any
// thread.
class SanctionEnds {
 public:
  // One ends at `until`; nothing: it doesn't end by itself.
  void note(std::optional<TimePoint> until) noexcept;
  // Whether one is due, once: whoever gets `true` ends those that are due and notes the next.
  bool take_due(TimePoint now) noexcept;

 private:
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();
  std::atomic<std::int64_t> next_{0};  // Unix milliseconds; due at the start: the database knows
};

// Ends the mutes and bans whose time is over: closes them, records it, and tells the person and the rooms.
// Call every second; costs nothing while none is due. Any thread.
void submit_due_ends(Services& services, GroupBatch& batch);

}  // namespace wardroom::commands
