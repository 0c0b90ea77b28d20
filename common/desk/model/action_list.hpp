#pragma once

#include <variant>
#include <vector>

// What a person did during one frame, in its order. The variant of all actions of a program is expensive to
// compile, and views only add to it: so what touches it is compiled once, in the program's actions.cpp, which
// includes action_list_definition.hpp.
namespace wardroom::desk {

template <class Action>
class ActionList {
 public:
  ActionList() noexcept;
  ~ActionList();
  ActionList(const ActionList&) = delete;
  ActionList& operator=(const ActionList&) = delete;

  // `act`: one alternative of Action.
  template <class Act>
  void push_back(Act act);
  void push_back(Action act);
  void clear();
  bool empty() const { return all_.empty(); }

  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }
  // The newest first.
  auto rbegin() const { return all_.rbegin(); }
  auto rend() const { return all_.rend(); }

 private:
  std::vector<Action> all_;
};

}  // namespace wardroom::desk
