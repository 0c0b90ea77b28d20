#include "common/base/turn.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace wardroom {
namespace {

struct Turn {
  bool begun = false;
  std::size_t count = 0;
  // There is one thing that asks, the writer. Were there more than fit, they would do without.
  std::array<std::pair<TurnEndAct, void*>, 4> acts{};
};

thread_local Turn t_turn;

}  // namespace

void begin_turns() {
  t_turn.begun = true;
}

void end_turn() noexcept {
  const auto count = std::exchange(t_turn.count, 0);
  for (std::size_t i = 0; i < count; ++i) t_turn.acts[i].first(t_turn.acts[i].second);
}

bool at_turn_end(TurnEndAct act, void* self) noexcept {
  Turn& turn = t_turn;
  if (!turn.begun) return false;
  const std::pair asked{act, self};
  const auto end = turn.acts.begin() + static_cast<std::ptrdiff_t>(turn.count);
  if (std::find(turn.acts.begin(), end, asked) != end) return true;
  if (end == turn.acts.end()) return false;
  *end = asked;
  ++turn.count;
  return true;
}

}  // namespace wardroom
