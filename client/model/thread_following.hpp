#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Which threads the person follows, how far they have read each, and the list of them.
namespace wardroom::client {

// False, too, of an old one of which nothing was heard.
bool follows(const State& state, const ThreadName& thread);
// Up to where the person has read it; not set: it isn't known, or they don't follow it.
Seq read_in(const State& state, const ThreadName& thread);
std::int64_t unread_in(const State& state, const ThreadName& thread);

// What the server said; what was read here since then stays read.
void set_following(Turn& turn, const ThreadName& thread, protocol::Following following);
// The first page of the list, which has the newest replies, and the count of all.
void load_threads(Turn& turn);
void send_due_thread_marks(Turn& turn);
// What earlier runs left: drafts, and how the person stood to which threads.
void take_cached_threads(Turn& turn, const CachedState& cached);

void fold(Turn& turn, const ToggleThreads& action);
void fold(Turn& turn, const MoreThreads& action);
void fold(Turn& turn, const FollowThread& action);
void fold(Turn& turn, const SeenInThread& action);
void fold(Turn& turn, const UnreadInThread& action);
void fold(Turn& turn, const Answer<protocol::ThreadList>& answer);
void fold(Turn& turn, const Answer<protocol::ThreadFollow>& answer);
void fold(Turn& turn, const Answer<protocol::ThreadMarkRead>& answer);
void fold(Turn& turn, const protocol::ThreadFollowed& event);

}  // namespace wardroom::client
