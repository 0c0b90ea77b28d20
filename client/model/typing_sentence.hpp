#pragma once

#include <string>

#include "client/model/state.hpp"

namespace wardroom::client {

// "Priya is typing…", "Priya and Wei are typing…", "Several people are typing…"; empty when nobody does.
std::string typing_sentence(const State& state, const RoomState& room);

}  // namespace wardroom::client
