#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

#include "server/realtime/peer.hpp"

// What a commit makes known, in the order in which it must become known. A subscription changes at one exact
// position of this stream: who is removed from a room sees everything before and nothing after.
namespace wardroom::realtime {

struct ToRoom {
  RoomId room;
  FramePtr frame;
};
struct ToUser {
  UserId user;
  FramePtr frame;
};
struct ToWatchers {  // of a person's presence
  UserId user;
  FramePtr frame;
};
struct ToEverybody {  // who is signed in and has no duty
  FramePtr frame;
};
struct MemberIn {
  RoomId room;
  UserId user;
};
struct MemberOut {
  RoomId room;
  UserId user;
};
struct SessionEnded {
  SessionId session;
  UserId user;
  protocol::CloseCode code;
  std::string_view why{};  // a literal: what the person is told, when it was revoked
};
// A person's role or duties are others than before; `frame` tells them. With duties their connections hear
// nothing of rooms; without, they hear `rooms` from here on.
struct CallerChanged {
  UserId user;
  protocol::Role role;
  Duties duties;
  std::vector<RoomId> rooms;
  FramePtr frame;
};
// A guest shares no room with these people any more and hears of their presence no longer.
struct ApartFrom {
  UserId guest;
  std::vector<UserId> people;
};
// An answer, or anything else that one connection is to do on its own thread. Dropped when the peer is gone.
struct ToPeer {
  PeerId peer;
  std::function<void(Peer&)> act;
};

using Publication = std::variant<ToRoom, ToUser, ToWatchers, ToEverybody, MemberIn, MemberOut, SessionEnded,
                                 CallerChanged, ApartFrom, ToPeer>;
using Batch = std::vector<Publication>;

}  // namespace wardroom::realtime
