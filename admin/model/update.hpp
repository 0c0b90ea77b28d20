#pragma once

#include <optional>

#include "admin/model/actions.hpp"
#include "admin/model/effects.hpp"
#include "admin/model/model_events.hpp"
#include "admin/model/state.hpp"

namespace wardroom::admin {

// Folds one thing that the person did, or that happened, into the state, and returns what is to be done
// about it, in order. Pure: the same state and input always give the same result.
Effects update(State& state, const Action& action);
Effects update(State& state, const Event& event);

// When the model next needs a Tick if nothing else happens; nothing: it can wait for ever.
std::optional<TimePoint> next_tick(const State& state);

}  // namespace wardroom::admin
