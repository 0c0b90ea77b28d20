#pragma once

#include <compare>

#include "common/base/strong.hpp"

namespace wardroom::client {

// A thread, by the message that it began with.
struct ThreadName {
  RoomId room;
  Seq root;

  bool is_set() const { return room.is_set(); }
  auto operator<=>(const ThreadName&) const = default;
};

// Where something is written: in a room or, with its root, in one of the room's threads.
struct WritingPlace {
  RoomId room;
  Seq thread;

  WritingPlace() = default;
  WritingPlace(RoomId in, Seq root = {}) : room(in), thread(root) {}
  WritingPlace(const ThreadName& name) : room(name.room), thread(name.root) {}
  auto operator<=>(const WritingPlace&) const = default;
};

}  // namespace wardroom::client
