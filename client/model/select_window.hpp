#pragma once

#include "client/model/props/window.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

// From the state to what the views draw. Each part is rebuilt only when what it is made of has changed, so
// a frame without news costs a few comparisons. Lives on the window's thread.
class WindowSelector {
 public:
  // Valid until the next call.
  const WindowProps& select(const State& state);

 private:
  void select_main(const State& state);
  void select_side_bar(const State& state);
  void select_room(const State& state);
  void select_composer(const State& state, const RoomState& room);
  void select_banner(const State& state);
  void select_dialogs(const State& state);
  void select_switcher(const State& state);
  void select_settings(const State& state);
  void select_welcome(const State& state);
  void select_duty(const State& state);

  WindowProps props_;
  TimelineSelector timeline_{props_.timeline};
  TimelineSelector thread_timeline_{props_.thread.timeline, TimelineSelector::Of::thread};
  std::uint64_t main_basis_ = 0;
  std::uint64_t composer_people_basis_ = 0;
  RoomId composer_room_;
};

}  // namespace wardroom::client
