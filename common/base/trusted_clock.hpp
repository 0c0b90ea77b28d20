#pragma once

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "common/base/clock.hpp"

namespace wardroom {

// What is believed of a wall's clock that somebody may move, against the one that only runs. A value.
//
// The trusted time runs with the steady clock. It follows the wall's clock while the two keep together; after
// a jump, or a start at a time far from the one that was kept, it stays behind (or ahead) until the wall's
// clock has run evenly for as long as the jump, 8 hours at most, an eighth of the jump at least: a night is
// believed in a morning, three years in four months. confirm() believes at once.
class TrustedTime {
 public:
  // What outlasts a restart.
  struct Kept {
    TimePoint trusted;
    TimePoint wall;
    std::chrono::milliseconds even{};  // how long the wall's clock has run evenly since they parted
    friend bool operator==(const Kept&, const Kept&) = default;
  };
  struct Jump {
    std::chrono::milliseconds by{};  // forward, or back when it is negative
    TimePoint expected;
    TimePoint now;
    bool restart = false;  // between a stop and a start, where the server's absence counts as well
  };

  // `kept`: from before the restart; nothing: `wall` is believed.
  TrustedTime(const std::optional<Kept>& kept, TimePoint wall, SteadyPoint steady);

  // Takes the clocks' present readings, and tells of a jump since the ones before; also of the jump back that
  // the trusted time makes when it believes a clock that is behind.
  std::optional<Jump> look(TimePoint wall, SteadyPoint steady);
  void confirm();

  TimePoint trusted() const { return kept_.trusted; }
  // Never before the trusted time.
  TimePoint now() const { return std::max(kept_.wall, kept_.trusted); }
  // How far the wall's clock is ahead of what is believed; negative: behind. 0 when they are together.
  std::chrono::milliseconds doubt() const;
  const Kept& kept() const { return kept_; }
  const std::optional<Jump>& jump_at_start() const { return at_start_; }

 private:
  void follow(std::chrono::milliseconds elapsed);

  Kept kept_;
  SteadyPoint steady_;
  std::optional<Jump> at_start_;
};

// A clock that is asked by everybody, over the machine's. Any thread.
class TrustedClock final : public Clock {
 public:
  // `machine` outlives it.
  TrustedClock(const Clock& machine, const std::optional<TrustedTime::Kept>& kept);

  TimePoint now() const override;
  SteadyPoint steady() const override { return machine_.steady(); }
  TimePoint trusted() const override;

  // Those since the last call, the first one also of the start; the newest few.
  std::vector<TrustedTime::Jump> take_jumps();
  std::chrono::milliseconds doubt() const override;
  TrustedTime::Kept kept() const;
  // A person says that the machine's clock is right. Returns doubt() before that.
  std::chrono::milliseconds confirm();

 private:
  void look() const;

  const Clock& machine_;
  mutable std::mutex mutex_;
  mutable TrustedTime time_;
  mutable std::vector<TrustedTime::Jump> jumps_;
};

}  // namespace wardroom
