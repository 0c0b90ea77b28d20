#pragma once

#include <utility>
#include <vector>

#include "common/desk/model/call.hpp"

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

}  // namespace wardroom::desk
