#pragma once

#include <vector>

#include "client/model/state.hpp"

namespace wardroom::client {

// The side bar's sections, each in the order shown. Unread rooms stand in the first alone.
struct RoomSections {
  std::vector<RoomId> unread;
  std::vector<RoomId> rooms;
  std::vector<RoomId> direct;
};
RoomSections room_sections(const State& state);

// All rooms as Alt+Up and Alt+Down walk through them.
std::vector<RoomId> room_order(const State& state);

}  // namespace wardroom::client
