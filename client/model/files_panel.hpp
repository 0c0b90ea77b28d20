#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/files.hpp"
#include "client/model/turn.hpp"

// The panel with all files of the open room: newest first, narrowed by kind and by a part of the file's or
// its sender's name.
namespace wardroom::client {

// After another room was opened, or the connection came back.
void load_shown_files(Turn& turn);
// A message with files came, went or came back.
void files_changed(Turn& turn, RoomId room);

void fold(Turn& turn, const ToggleFiles& action);
void fold(Turn& turn, const FilterFiles& action);
void fold(Turn& turn, const MoreFiles& action);
void fold(Turn& turn, const Answer<protocol::FileList>& answer);

FileCard card_of(const protocol::File& file);
FilesProps select_files(const State& state);

}  // namespace wardroom::client
