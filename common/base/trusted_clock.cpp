#include "common/base/trusted_clock.hpp"

#include <algorithm>
#include <utility>

namespace wardroom {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTogether = std::chrono::seconds{5};
// What a restart takes, and how long an idle office's log is silent.
constexpr milliseconds kRestart = std::chrono::minutes{15};
constexpr milliseconds kLongestWait = std::chrono::hours{8};
constexpr int kShare = 8;
constexpr std::size_t kMostJumps = 8;

// Until the wall's clock is believed again.
milliseconds wait_for(milliseconds doubt) {
  const milliseconds size = std::chrono::abs(doubt);
  return std::max(std::min(size, kLongestWait), size / kShare);
}

}  // namespace

TrustedTime::TrustedTime(const std::optional<Kept>& kept, TimePoint wall, SteadyPoint steady)
    : kept_(kept.value_or(Kept{wall, wall, {}})), steady_(steady) {
  const milliseconds since = wall - kept_.wall;
  const milliseconds ahead = wall - kept_.trusted;
  const bool together = ahead >= -kTogether && ahead <= kRestart;
  const bool went_on = since >= milliseconds{0} && since <= kRestart;
  if (!went_on && !(together && doubt() == milliseconds{0} && since >= -kTogether))
    at_start_ = Jump{since, kept_.wall, wall, true};
  kept_.wall = wall;
  if (together) {
    kept_.trusted = std::max(kept_.trusted, wall);
    kept_.even = {};
  } else if (went_on) {
    kept_.trusted += since;
    kept_.even += since;
  } else if (since < milliseconds{0}) {
    kept_.even = {};
  }
}

std::optional<TrustedTime::Jump> TrustedTime::look(TimePoint wall, SteadyPoint steady) {
  const auto elapsed = std::chrono::duration_cast<milliseconds>(steady - steady_);
  const TimePoint expected = kept_.wall + elapsed;
  const milliseconds by = wall - expected;
  // What is less than a millisecond counts the next time.
  steady_ += elapsed;
  kept_.wall = wall;
  std::optional<Jump> jump;
  if (std::chrono::abs(by) > kTogether) {
    kept_.even = {};
    jump = Jump{by, expected, wall};
  }
  const TimePoint believed = kept_.trusted + elapsed;
  follow(elapsed);
  // Believed at last, a clock that is behind: from here on the time is an earlier one.
  if (!jump && kept_.trusted < believed - kTogether)
    jump = Jump{kept_.trusted - believed, believed, kept_.wall};
  return jump;
}

void TrustedTime::follow(milliseconds elapsed) {
  kept_.trusted += elapsed;
  const milliseconds apart = kept_.wall - kept_.trusted;
  if (std::chrono::abs(apart) <= kTogether) {
    // By a hundredth of the time, so that many small steps don't make a large one.
    const milliseconds most = elapsed / 100;
    kept_.trusted += std::clamp(apart, -most, most);
    kept_.even = {};
    return;
  }
  kept_.even += elapsed;
  if (kept_.even >= wait_for(apart)) confirm();
}

void TrustedTime::confirm() {
  kept_.trusted = kept_.wall;
  kept_.even = {};
}

milliseconds TrustedTime::doubt() const {
  const milliseconds apart = kept_.wall - kept_.trusted;
  return std::chrono::abs(apart) <= kTogether ? milliseconds{0} : apart;
}

TrustedClock::TrustedClock(const Clock& machine, const std::optional<TrustedTime::Kept>& kept)
    : machine_(machine), time_(kept, machine.now(), machine.steady()) {
  if (time_.jump_at_start()) jumps_.push_back(*time_.jump_at_start());
}

// The caller holds the lock.
void TrustedClock::look() const {
  const auto jump = time_.look(machine_.now(), machine_.steady());
  if (!jump) return;
  if (jumps_.size() == kMostJumps) jumps_.erase(jumps_.begin());
  jumps_.push_back(*jump);
}

TimePoint TrustedClock::now() const {
  const std::lock_guard lock(mutex_);
  look();
  return time_.now();
}

TimePoint TrustedClock::trusted() const {
  const std::lock_guard lock(mutex_);
  look();
  return time_.trusted();
}

std::vector<TrustedTime::Jump> TrustedClock::take_jumps() {
  const std::lock_guard lock(mutex_);
  look();
  return std::exchange(jumps_, {});
}

milliseconds TrustedClock::doubt() const {
  const std::lock_guard lock(mutex_);
  look();
  return time_.doubt();
}

TrustedTime::Kept TrustedClock::kept() const {
  const std::lock_guard lock(mutex_);
  look();
  return time_.kept();
}

milliseconds TrustedClock::confirm() {
  const std::lock_guard lock(mutex_);
  look();
  const milliseconds before = time_.doubt();
  time_.confirm();
  return before;
}

}  // namespace wardroom
