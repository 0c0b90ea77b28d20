#pragma once

#include <string>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// What the person writes into a thread: its draft, its messages on their way, changes of those that stand.
namespace wardroom::client {

void save_thread_draft(Turn& turn, const ThreadName& thread);
void save_due_thread_drafts(Turn& turn);
// When a draft is to be saved, a mark to be sent, a failed page to be asked for again.
std::optional<TimePoint> next_thread_tick(const State& state);
// `text` stands before what is being written.
void take_into_thread_draft(Turn& turn, const ThreadName& thread, const std::string& text);
// The reply that is being edited is gone: what was written instead of it becomes a draft.
void leave_deleted_in_threads(Turn& turn, RoomId room, Seq message);
// A refused change comes back.
void take_back_edit(Turn& turn, const ThreadName& thread, Seq message, const std::string& text);
// All that is being written into threads of the room, for whoever has to leave it.
std::vector<std::pair<ThreadName, std::string>> written_in_threads(const State& state, RoomId room);

void fold(Turn& turn, const SendInThread& action);
void fold(Turn& turn, const DraftInThread& action);
void fold(Turn& turn, const EditInThread& action);
void fold(Turn& turn, const CancelEditInThread& action);

}  // namespace wardroom::client
