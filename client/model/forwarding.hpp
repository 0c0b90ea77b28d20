#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// A message is taken into another room: quoted, with its author and the way back to it.
namespace wardroom::client {

// What is posted: the person's own words, the quotation, and whose it is. Names in it call nobody: only the
// person's own words do.
std::string forwarded_text(const State& state, const RoomState& from, const protocol::Message& message,
                           const std::string& comment);
ForwardProps select_forward(const State& state);

void fold(Turn& turn, const StartForward& action);
void fold(Turn& turn, const Forward& action);

}  // namespace wardroom::client
