#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Files of messages on their way to this PC: where the person wants them, or into the folder of downloads to
// be opened from there.
namespace wardroom::client {

// A file that a message of the room carries, as far as that is known here.
const protocol::File* find_file(const State& state, RoomId room, Seq seq, const std::string& id);
// Of all, as after signing out.
void forget_downloads(Turn& turn);

void fold(Turn& turn, const OpenFile& action);
void fold(Turn& turn, const SaveFileAs& action);
void fold(Turn& turn, const ShowFileInFolder& action);
void fold(Turn& turn, const StopFetching& action);
void fold(Turn& turn, const GivePath& action);
void fold(Turn& turn, const TargetChosen& event);
// Also of what goes up.
void fold(Turn& turn, const TransferMoved& event);
void fold(Turn& turn, const FetchEnded& event);

}  // namespace wardroom::client
