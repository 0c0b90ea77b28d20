#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// To what was written on a day.
namespace wardroom::client {

// "2026-11-19", "19.11.2026", "19.11.", "19 November", "19 Nov 2026", "today", "yesterday". Without a year it
// is the last such day. Nothing for what is no day.
std::optional<std::chrono::year_month_day> parse_day(std::string_view typed, std::chrono::sys_days today);

DateProps select_date(const State& state);

void fold(Turn& turn, const StartDateJump& action);
void fold(Turn& turn, const JumpToDate& action);

}  // namespace wardroom::client
