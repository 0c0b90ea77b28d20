#pragma once

#include <map>
#include <string>
#include <string_view>

#include "client/model/props/attention.hpp"
#include "common/base/strong.hpp"

// What a person chose to be told of, as the cache keeps it: a line each. What can't be read is as if nothing
// had been chosen.
namespace wardroom::client {

std::string to_text(const AttentionChoices& choices);
AttentionChoices parse_attention(std::string_view text);

std::string to_text(const std::map<RoomId, RoomAttention>& rooms);
std::map<RoomId, RoomAttention> parse_room_attention(std::string_view text);

}  // namespace wardroom::client
