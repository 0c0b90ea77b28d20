#pragma once

#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/base/strong.hpp"
#include "protocol/server_address.hpp"

namespace wardroom::protocol {

// wardroom://host:port/room/<the room's number>/<the message's sequence number>
// Where a message stands. It lets nobody in: who follows it needs an account and has to be in the room.
struct MessageLink {
  ServerAddress server;
  RoomId room;
  Seq seq;
};

// Whether the text is meant to be one; reading it may still fail.
bool looks_like_message_link(std::string_view text);
// The error says which part of the link is wrong. Surrounding white space is forgiven.
Result<MessageLink> parse_message_link(std::string_view text);
std::string compose_message_link(const MessageLink& link);
// Whether both lead to the same server: host names have no case.
bool is_same_server(const ServerAddress& a, const ServerAddress& b);

}  // namespace wardroom::protocol
