#pragma once

#include <string>

#include "admin/model/calls.hpp"
#include "admin/model/effects.hpp"
#include "admin/model/state.hpp"
#include "common/desk/model/turn.hpp"

namespace wardroom::admin {

struct Turn : desk::TurnOf<Turn, State, Effect> {};

// A sentence at the window's edge that goes away by itself.
void show_toast(Turn& turn, std::string text, bool bad = true);

}  // namespace wardroom::admin
