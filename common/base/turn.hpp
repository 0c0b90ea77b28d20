#pragma once

// For threads that work in turns (net/loop): what would be done for each of many things that come in within a
// turn is done once, at its end.
namespace wardroom {

// From now on the calling thread works in turns, and calls end_turn() at the end of each.
void begin_turns();
// Does what was asked for in this turn of the calling thread.
void end_turn() noexcept;

using TurnEndAct = void (*)(void* self) noexcept;
// Has `act` called with `self` at the end of the calling thread's present turn: once, however often it is
// asked for. False: the thread works in no turns, and nothing will be called. `self` outlives the turn.
bool at_turn_end(TurnEndAct act, void* self) noexcept;

}  // namespace wardroom
