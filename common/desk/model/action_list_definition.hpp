#pragma once

#include <tuple>

#include "common/desk/model/action_list.hpp"

// The part of ActionList that knows all actions: for the one source of a program that says
// `template class desk::ActionList<Action>;` and `template struct desk::PushesOf<Action>;`.
namespace wardroom::desk {

template <class Action>
ActionList<Action>::ActionList() noexcept = default;
template <class Action>
ActionList<Action>::~ActionList() = default;

template <class Action>
template <class Act>
void ActionList<Action>::push_back(Act act) {
  all_.emplace_back(std::in_place_type<Act>, std::move(act));
}

template <class Action>
void ActionList<Action>::push_back(Action act) {
  all_.push_back(std::move(act));
}

template <class Action>
void ActionList<Action>::clear() {
  all_.clear();
}

// Makes push_back of each alternative, by taking its address.
template <class Action>
struct PushesOf;
template <class... Acts>
struct PushesOf<std::variant<Acts...>> {
  using List = ActionList<std::variant<Acts...>>;
  static auto all() { return std::tuple{&List::template push_back<Acts>...}; }
};

}  // namespace wardroom::desk
