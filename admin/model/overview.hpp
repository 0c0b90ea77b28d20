#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// How the server is: alarms, and what it does, sampled while the console is open.
namespace wardroom::admin {

void load_stats(Turn& turn);
// Asks again when it is time: often where they are looked at, now and then elsewhere, for the alarms.
void load_stats_when_due(Turn& turn);
std::optional<TimePoint> next_stats(const State& state);

void fold(Turn& turn, const Answer<protocol::AdminStats>& answer);

}  // namespace wardroom::admin
