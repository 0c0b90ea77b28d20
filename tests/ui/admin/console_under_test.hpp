#pragma once

#include "admin/views/console.hpp"
#include "common/ui/headless_ui.hpp"
#include "tests/ui/admin/sample.hpp"

namespace wardroom::admin::testing {

// The console's window without a screen: what it shows comes from props, what is done in it is gathered.
struct Console {
  ConsoleProps props;
  views::ConsoleViewState state;
  Actions actions;
  ui::HeadlessUi ui;

  explicit Console(ConsoleProps p, const ui::HeadlessUi::Options& options = {})
      : props(std::move(p)),
        ui([this](ui::FrameContext& f) { views::draw_console(props, state, f, actions); }, options) {
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
};

}  // namespace wardroom::admin::testing
