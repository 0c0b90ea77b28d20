#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// From what the person types to what goes into the outbox.
namespace wardroom::client {

// Drafts are saved when typing pauses and when the room is left.
void save_draft(Turn& turn, RoomState& room);
void save_due_drafts(Turn& turn);
// The person's own draft comes back.
void stop_editing(Turn& turn, RoomState& room);
// `text` stands before what is being written, and is saved with it. While a message is being edited it waits
// until that is done.
void take_into_draft(Turn& turn, RoomState& room, const std::string& text);
// The message that is being edited is gone: what was written instead of it becomes a draft.
void leave_deleted(Turn& turn, RoomState& room, Seq message);

// A command as it was typed: the purpose of a call that it makes, so that a refusal gives the text back.
struct Typed {
  RoomId room;
  std::string text;
};
void give_back(Turn& turn, const Typed& typed);

template <class M>
void fold(Turn& turn, const Answer<M, Typed>& answer) {
  if (!answer.result) give_back(turn, answer.purpose);
  fold(turn, Answer<M>{answer.params, answer.result, {}});
}

void fold(Turn& turn, const SendMessage& action);
void fold(Turn& turn, const ChangeDraft& action);
void fold(Turn& turn, const EditLast& action);
void fold(Turn& turn, const StartEdit& action);
void fold(Turn& turn, const CancelEdit& action);
void fold(Turn& turn, const StartReply& action);
void fold(Turn& turn, const CancelReply& action);
void fold(Turn& turn, const Answer<protocol::MessageEdit>& answer);

}  // namespace wardroom::client
