#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// The client as a witness of the office's audit log: what desk/model/witness asks and keeps goes over this
// program's link and disk, and what it finds stands over the timeline.
namespace wardroom::client {

inline constexpr std::string_view kWatcher = "computer";

// At the end of each turn.
void watch_log(Turn& turn);
// When watch_log() next has something to do.
std::optional<TimePoint> next_watch(const State& state);

void fold(Turn& turn, const WitnessLoaded& event);
void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer);
void fold(Turn& turn, const Answer<protocol::AuditConsistency>& answer);
void fold(Turn& turn, const desk::WatchAct& act);

}  // namespace wardroom::client
