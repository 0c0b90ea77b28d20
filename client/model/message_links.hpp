#pragma once

#include <string>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"
#include "protocol/message_link.hpp"

// Links of messages: copied, followed, and shown as what they lead to.
namespace wardroom::client {

// Asks about one message that a link leads to.
struct ToQuote {
  MessagePlace place;
};

// "wardroom://office.example:7443/room/12/": a message's number behind it makes its link. Empty without a
// server.
std::string link_base(const State& state, RoomId room);
// The messages of this server to which bare links in the text lead, in their order, each once; a few at most.
std::vector<MessagePlace> links_in(const State& state, const std::string& text);
// Of all that came into sight.
LinkCards select_link_cards(const State& state);

// Opens the room and brings the message into sight, or says why that can't be. Without a session, or before
// the rooms are known, it is done once they are.
void follow_link(Turn& turn, const protocol::MessageLink& link);
void follow_wanted_link(Turn& turn);
// What was fetched for cards follows what becomes of the messages.
void change_linked(Turn& turn, const MessageChange& change);
void forget_linked(Turn& turn, RoomId room);
// What was asked isn't answered any more.
void retry_linked(Turn& turn);

void fold(Turn& turn, const WantLinked& action);
void fold(Turn& turn, const GoToMessage& action);
void fold(Turn& turn, const Answer<protocol::MessageHistory, ToQuote>& answer);

}  // namespace wardroom::client
