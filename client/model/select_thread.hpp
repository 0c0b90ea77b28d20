#pragma once

#include "client/model/props/thread.hpp"
#include "client/model/state.hpp"

namespace wardroom::client {

// "1 reply", "12 replies"
std::string reply_count_text(std::int64_t count);
// What stands under the root in the room.
ThreadSummary select_summary(const State& state, const RoomState& room, Seq root,
                             const std::optional<protocol::Replies>& replies);
ThreadListProps select_thread_list(const State& state);
// All but the timeline, and whom @ completes.
void select_thread_pane(const State& state, ThreadPaneProps& props);

}  // namespace wardroom::client
