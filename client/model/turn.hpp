#pragma once

#include <string>

#include "client/model/calls.hpp"
#include "client/model/effects.hpp"
#include "client/model/state.hpp"
#include "common/desk/model/turn.hpp"

namespace wardroom::client {

struct Turn : desk::TurnOf<Turn, State, Effect> {};

// Why nothing was asked of the server: call() refused.
inline constexpr const char* kOffline = "You're offline. Try again when the connection is back.";

// A sentence at the window's edge that goes away by itself.
void show_toast(Turn& turn, std::string text, bool bad = true);

}  // namespace wardroom::client
