#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// From what the person types to what goes into the outbox.
namespace wardroom::client {

// Drafts are saved when typing pauses and when the room is left.
void save_draft(Turn& turn, RoomState& room);
void save_due_drafts(Turn& turn);
// The person's own draft comes back.
void stop_editing(Turn& turn, RoomState& room);
// `text` stands before what is being written, and is saved with it.
void take_into_draft(Turn& turn, RoomState& room, const std::string& text);

void fold(Turn& turn, const SendMessage& action);
void fold(Turn& turn, const ChangeDraft& action);
void fold(Turn& turn, const EditLast& action);
void fold(Turn& turn, const StartEdit& action);
void fold(Turn& turn, const CancelEdit& action);
void fold(Turn& turn, const StartReply& action);
void fold(Turn& turn, const CancelReply& action);
void fold(Turn& turn, const Answer<protocol::MessageEdit>& answer);

}  // namespace wardroom::client
