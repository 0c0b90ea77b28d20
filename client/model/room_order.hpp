#pragma once

#include <vector>

#include "client/model/state.hpp"

namespace wardroom::client {

// The side bar's sections, each in the order shown. Requests stand in the first, unread rooms that were
// put nowhere in the second alone.
struct RoomSections {
  std::vector<RoomId> requests;  // somebody asks to write to the person
  std::vector<RoomId> unread;
  // These two as the person arranged them, whether unread or not.
  std::vector<RoomId> favourites;
  std::vector<std::vector<RoomId>> own;
  std::vector<RoomId> rooms;
  std::vector<RoomId> direct;
};
RoomSections room_sections(const State& state);

// All rooms as Alt+Up and Alt+Down walk through them.
std::vector<RoomId> room_order(const State& state);

}  // namespace wardroom::client
