#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Messages on their way: on this PC's disk before they are sent, one at a time a room, until the server has
// them. The client_id makes sending twice harmless.
namespace wardroom::client {

void add_to_outbox(Turn& turn, RoomState& room, std::string text);
// The same for what wasn't written in the room's composer: what is attached or answered there stays there.
// `thread`: the root of the one into which it goes.
void send_alone(Turn& turn, const RoomState& room, std::string text, std::optional<Seq> thread = {});
// A reply that takes along what is attached in its thread.
void send_in_thread(Turn& turn, const RoomState& room, std::string text, Seq root);
// For a room that the person is no longer in: shown as not sent if they come back.
void keep_for_later(Turn& turn, RoomId room, std::string text);
// This PC is about to send the message with this id, or has and doesn't know what became of it.
bool is_waiting(const State& state, const std::string& client_id);
// The message with this id is stored on the server: its row is no longer needed. Returns the key under which
// it was shown, or 0 when it wasn't waiting.
std::uint64_t settle_outbox(Turn& turn, const std::string& client_id);
// The person is no longer in the room: what they wrote there and haven't sent stays on this PC, and is shown
// as not sent if they come back. True: there is some.
bool keep_unsent(Turn& turn, const RoomState& room);
// Sends what may be sent now: of each room the first that the server hasn't refused.
void send_outbox(Turn& turn);
// What was under way when the connection went may or may not have arrived; it is sent again.
void expect_nothing_from_lost_link(Turn& turn);

void fold(Turn& turn, const OutboxSaved& event);
void fold(Turn& turn, const Answer<protocol::MessagePost>& answer);
void fold(Turn& turn, const RetryMessage& action);
void fold(Turn& turn, const DiscardMessage& action);
void fold(Turn& turn, const RewriteMessage& action);

}  // namespace wardroom::client
