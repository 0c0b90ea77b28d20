#pragma once

#include <vector>

#include "client/model/props/files.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

// How far everything is that goes up or comes down.
Transfers select_transfers(const State& state);
PictureStates select_pictures(const State& state);
// What stands in the room's draft.
std::vector<AttachmentProps> select_attachments(const State& state, const WritingPlace& place);
// The cards of a message of the outbox.
std::vector<FileCard> pending_cards(const State& state, const std::string& client_id);

}  // namespace wardroom::client
