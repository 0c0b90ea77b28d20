#pragma once

#include <utility>
#include <vector>

#include "common/desk/model/call.hpp"
#include "common/desk/model/effects.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/props/sign_in.hpp"
#include "common/desk/model/props/toast.hpp"

namespace wardroom::desk {

// One call of a program's update(): the state that it changes and the effects that it gathers. `Turn` is the
// program's own name for it.
template <class Turn, class State, class Effect>
struct TurnOf {
  State& state;
  std::vector<Effect>& effects;

  template <class E>
  void effect(E e) {
    effects.push_back(std::move(e));
  }
  // Asks the server; only while online, since the link queues nothing.
  template <class M, class Purpose = NoPurpose>
  bool call(typename M::Params params, Purpose purpose = {}) {
    if (!state.online()) return false;
    effects.push_back(make_call<M, Turn>(std::move(params), std::move(purpose)));
    return true;
  }
};

// A sentence at the window's edge that goes away by itself.
template <class Turn>
void show_toast(Turn& turn, std::string text, bool bad = true) {
  turn.state.toasts.show(std::move(text), bad, turn.state.now);
  turn.state.count_change();
}

template <class Turn>
void fold(Turn& turn, const DismissToast& action) {
  turn.state.toasts.dismiss(action.id);
}
template <class Turn>
void fold(Turn& turn, const SavingFailed& event) {
  show_toast(turn, event.message);
}
template <class Turn>
void fold(Turn& turn, const RetryConnection&) {
  turn.effect(RetryNow{});
}

}  // namespace wardroom::desk
