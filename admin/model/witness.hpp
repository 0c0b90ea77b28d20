#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// The console as a witness of the office's audit log: what desk/model/witness asks and keeps goes over this
// program's link and disk, and what it finds stands over every page.
namespace wardroom::admin {

inline constexpr std::string_view kWatcher = "console";

// At the end of each turn.
void watch_log(Turn& turn);
// When watch_log() next has something to do.
std::optional<TimePoint> next_watch(const State& state);

void fold(Turn& turn, const WitnessLoaded& event);
void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer);
void fold(Turn& turn, const Answer<protocol::AuditConsistency>& answer);
void fold(Turn& turn, const desk::WatchAct& act);

}  // namespace wardroom::admin
