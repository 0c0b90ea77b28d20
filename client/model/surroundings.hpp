#pragma once

#include <optional>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// What this program is to the desktop around its window: its icon in the tray, whether its person is there,
// whether it starts with the session.
namespace wardroom::client {

// Whether closing the window leaves the program in the tray: the person wants it, and there is a tray.
bool closes_to_tray(const State& state);
// At a turn's end: the tray shows what waits, and the desktop watches for idle time where that is wanted.
void tell_tray(Turn& turn);
void watch_idle(Turn& turn);
// When nobody has been here for long enough, though somebody was on another device; nothing: not waited for.
std::optional<TimePoint> next_idle(const State& state);
// The person did something on another device: they aren't away.
void note_elsewhere(Turn& turn);
// What the server says that one is, from whichever device; and what the person says themselves, here.
void take_own_presence(Turn& turn, protocol::Presence presence);
void choose_presence(Turn& turn);

void fold(Turn& turn, const AttentionFound& event);
void fold(Turn& turn, const TrayPressed& event);
void fold(Turn& turn, const IdleChanged& event);
void fold(Turn& turn, const AutostartKnown& event);
void fold(Turn& turn, const SetAutostart& action);

}  // namespace wardroom::client
