#pragma once

#include <algorithm>

#include "common/base/clock.hpp"

// The two times that a program knows: what waits goes by one that never goes back, what people read by the
// clock on the wall, which anybody may set.
namespace wardroom::desk {

// The only way in which a model learns the time. Comes before whatever happened then.
struct Tick {
  TimePoint now;         // never goes back, and nobody sets it: only its differences mean something
  TimePoint wall = now;  // the PC's clock
};

template <class State>
void take_time(State& state, const Tick& tick) {
  state.now = std::max(state.now, tick.now);
  state.wall = tick.wall;
}

// When the PC's clock will show `wall`, as long as nobody sets it meanwhile.
template <class State>
TimePoint when_wall_shows(const State& state, TimePoint wall) {
  return state.now + (wall - state.wall);
}

}  // namespace wardroom::desk
