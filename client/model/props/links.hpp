#pragma once

#include <compare>
#include <map>
#include <string>

#include "common/base/strong.hpp"

namespace wardroom::client {

// A message of any room, named.
struct MessagePlace {
  RoomId room;
  Seq seq;
  friend auto operator<=>(const MessagePlace&, const MessagePlace&) = default;
};

// A message that a link in another one leads to, shown beneath the one that has the link.
struct LinkCardProps {
  std::string head;  // "Amara Osei · #release-7 · today 16:42"; empty: there is nothing to tell but `text`
  std::string text;  // one line of the message, or why it can't be shown
  bool there = false;  // a press leads to it
};
using LinkCards = std::map<MessagePlace, LinkCardProps>;

}  // namespace wardroom::client
