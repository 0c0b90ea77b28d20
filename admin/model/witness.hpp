#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// This console as a witness of the office's audit log: compares what it saw with what the server shows, and
// says so on every page when the two don't go together.
namespace wardroom::admin {

// Loads what is remembered of the server, asks what is due, keeps what is new. At the end of each turn.
void watch_log(Turn& turn);
// When watch_log() next has something to do.
std::optional<TimePoint> next_watch(const State& state);

void fold(Turn& turn, const WitnessLoaded& event);
void fold(Turn& turn, const Answer<protocol::AuditCheckpoint>& answer);
void fold(Turn& turn, const Answer<protocol::AuditConsistency>& answer);
void fold(Turn& turn, const HideLogAlarm& action);
void fold(Turn& turn, const DismissLogNotice& action);
void fold(Turn& turn, const SettleLogAlarm& action);
void fold(Turn& turn, const ShowWatch& action);

}  // namespace wardroom::admin
