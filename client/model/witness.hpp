#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// This PC as a witness of the office's audit log: compares at each connection what it saw with what the
// server shows, and says so when the two don't go together. It never stands in the way of chatting.
namespace wardroom::client {

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

}  // namespace wardroom::client
