#pragma once

#include <vector>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// The thread in the right pane: what of it is in memory, from the room, the cache and the server, and how it
// keeps up with the room.
namespace wardroom::client {

// Of what is loaded of the room and its thread; null: it isn't.
const protocol::Message* find_message(const State& state, RoomId room, Seq seq);

bool is_open(const State& state, const ThreadName& thread);
// Its room is opened with it. `jump_to`: the reply that is brought into sight.
void open_thread(Turn& turn, const ThreadName& thread, Seq jump_to = {});
void close_thread(Turn& turn);
// Something else is to stand in the right pane. True: a thread did, or the list of threads.
bool leave_threads(Turn& turn);
// After a connection came back: what it shows is asked for again.
void reload_thread(Turn& turn);
// What failed is asked for again when its time has come.
void retry_thread(Turn& turn);
// Answers of a lost connection don't come any more.
void expect_no_replies(Turn& turn);

// A message of the room came, from wherever; `key` is its row's.
void take_into_thread(Turn& turn, RoomId room, const protocol::Message& message, std::uint64_t key);
void change_in_threads(Turn& turn, RoomId room, const MessageChange& change);
// What a row of the room's says of the thread may read differently now.
void touch_thread(Turn& turn, const ThreadName& thread);
// Those changes of roots whose events the room has now.
void release_thread_changes(Turn& turn, RoomState& room);
void trim_threads(Turn& turn, RoomId room, TimePoint before);
// The person is no longer in the room.
void forget_threads(Turn& turn, RoomId room);

void fold(Turn& turn, const OpenThread& action);
void fold(Turn& turn, const CloseThread& action);
void fold(Turn& turn, const OlderInThread& action);
void fold(Turn& turn, const ThreadLoaded& event);
void fold(Turn& turn, const Answer<protocol::MessageThread>& answer);
void fold(Turn& turn, const protocol::ThreadChanged& event);

}  // namespace wardroom::client
