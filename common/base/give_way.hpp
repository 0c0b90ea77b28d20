#pragma once

namespace wardroom {

// The calling thread runs where others leave room: `niceness` as in nice(1), 19 being the most courteous.
// Where the system refuses, nothing is lost but courtesy.
void give_way(int niceness);

}  // namespace wardroom
