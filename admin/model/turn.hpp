#pragma once

#include <string>
#include <utility>

#include "admin/model/effects.hpp"
#include "admin/model/state.hpp"

namespace wardroom::admin {

// One call of update(): the state that it changes and the effects that it gathers.
struct Turn {
  State& state;
  Effects& effects;

  template <class E>
  void effect(E e) {
    effects.push_back(std::move(e));
  }
  // Asks the server; only while online, since the link queues nothing.
  template <class M>
  bool call(typename M::Params params) {
    if (!state.online()) return false;
    effects.push_back(Call<M>{std::move(params)});
    return true;
  }
};

// A sentence at the window's edge that goes away by itself.
void show_toast(Turn& turn, std::string text, bool bad = true);

}  // namespace wardroom::admin
