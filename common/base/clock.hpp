#pragma once

#include <atomic>
#include <chrono>
#include <string>

namespace wardroom {

// Wall-clock time on the wire and in the database: Unix milliseconds, UTC.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
// For intervals and timeouts; never goes back.
using SteadyPoint = std::chrono::steady_clock::time_point;

constexpr std::int64_t to_unix_ms(TimePoint t) {
  return t.time_since_epoch().count();
}
constexpr TimePoint from_unix_ms(std::int64_t ms) {
  return TimePoint{std::chrono::milliseconds{ms}};
}

// RFC 3339, UTC, with milliseconds: 2026-11-20T09:14:06.812Z
std::string to_rfc3339(TimePoint t);

// Passed in wherever time is read, so that tests decide what time it is. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  virtual SteadyPoint steady() const = 0;
  // What has certainly passed, never after now(): a clock that somebody moved ahead isn't in it. Whatever
  // destroys, expires or renews goes by this one, and so does the end that is given to what is made.
  virtual TimePoint trusted() const { return now(); }
  // How far the machine's clock is ahead of trusted(); negative: behind. 0: they are together.
  virtual std::chrono::milliseconds doubt() const { return {}; }
};

class SystemClock final : public Clock {
 public:
  TimePoint now() const override;
  SteadyPoint steady() const override;
};

// Stands still until told to move.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(TimePoint start = from_unix_ms(1795160000000)) : ms_(to_unix_ms(start)) {}
  TimePoint now() const override { return from_unix_ms(ms_.load() + moved_ms_.load()); }
  SteadyPoint steady() const override { return SteadyPoint{std::chrono::milliseconds{ms_.load()}}; }
  // Time passes.
  void advance(std::chrono::milliseconds by) { ms_ += by.count(); }
  // Somebody sets the wall's clock; no time passes.
  void move_wall(std::chrono::milliseconds by) { moved_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> ms_;
  std::atomic<std::int64_t> moved_ms_{0};
};

}  // namespace wardroom
