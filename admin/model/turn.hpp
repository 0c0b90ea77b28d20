#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "admin/model/calls.hpp"
#include "admin/model/effects.hpp"
#include "admin/model/state.hpp"
#include "common/desk/model/turn.hpp"

namespace wardroom::admin {

struct Turn : desk::TurnOf<Turn, State, Effect> {};

// Rows of a long table that are asked for at once.
inline constexpr std::int64_t kRowsAtOnce = 100;
// What is typed into a search is asked for when the typing rests.
inline constexpr std::chrono::milliseconds kTypingPause{250};

// A sentence at the window's edge that goes away by itself.
void show_toast(Turn& turn, std::string text, bool bad = true);

}  // namespace wardroom::admin
