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

}  // namespace wardroom::client
