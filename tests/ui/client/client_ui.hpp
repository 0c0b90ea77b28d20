#pragma once

#include "client/views/window.hpp"
#include "common/ui/headless_ui.hpp"
#include "tests/ui/client/sample.hpp"

namespace wardroom::client::test {

// The window with props that a test changes, and the actions that came out.
struct Client {
  WindowProps props;
  views::WindowViewState state;
  Actions actions;
  ui::HeadlessUi ui;

  explicit Client(WindowProps p = sample::main_window(), const ui::HeadlessUi::Options& options = {})
      : props(std::move(p)),
        ui([this](ui::FrameContext& f) { views::draw_window(props, state, f, actions); }, options) {
    actions.clear();
  }
  template <class T>
  const T* last() const {
    for (auto it = actions.rbegin(); it != actions.rend(); ++it) {
      if (const T* action = std::get_if<T>(&*it)) return action;
    }
    return nullptr;
  }
  // Whether it was the last that was done about the log.
  bool did(desk::WatchAct act) const {
    const auto* last_act = last<desk::WatchAct>();
    return last_act && *last_act == act;
  }
  template <class T>
  std::size_t count() const {
    std::size_t n = 0;
    for (const Action& action : actions) n += std::holds_alternative<T>(action) ? 1 : 0;
    return n;
  }
};

}  // namespace wardroom::client::test
