#pragma once

#include <unordered_map>
#include <vector>

#include "server/realtime/publication.hpp"

namespace wardroom::realtime {

// Who hears what, for the peers of one network thread; used on that thread only. A peer may be in the middle
// of a fan-out when it closes: Peer::deliver and Peer::close must not call back into on_closed before they
// return.
class Subscriptions {
 public:
  void add(Peer& peer);
  // Who was signed in on it, if anybody was.
  struct SignedInAs {
    UserId user;
    SessionId session;
  };
  std::optional<SignedInAs> remove(Peer& peer);
  Peer* find(PeerId id) const;
  std::size_t size() const { return peers_.size(); }

  // Signs the peer in for its caller: it hears the caller's personal events from now on.
  void sign_in(Peer& peer);
  // Makes `rooms` the rooms that the peer hears; returns whether any of them is new. A caller with duties
  // hears none.
  bool set_rooms(Peer& peer, const std::vector<RoomId>& rooms);
  // Grows with every MemberIn, MemberOut and CallerChanged of the peer's person: tells whether what was read
  // meanwhile, rooms, role and duties, is still to be believed.
  std::uint64_t membership_version(const Peer& peer) const;
  bool hears(const Peer& peer, RoomId room) const;
  void set_watched(Peer& peer, std::vector<UserId> users);

  void apply(const Publication& publication);
  void for_each(const std::function<void(Peer&)>& act) const;

 private:
  struct Entry {
    Peer* peer = nullptr;
    UserId user;
    SessionId session;
    std::vector<RoomId> rooms;
    std::vector<UserId> watched;
    std::uint64_t membership_version = 0;
  };
  using Entries = std::vector<Entry*>;

  void join(Entry& entry, RoomId room);
  void part(Entry& entry, RoomId room);
  void end_session(const SessionEnded& ended);
  void change_caller(Entry& entry, const CallerChanged& changed);
  template <class Map, class Key>
  void drop(Map& map, Key key, Entry& entry);

  std::unordered_map<std::uint64_t, std::unique_ptr<Entry>> peers_;  // by serial
  std::unordered_map<RoomId, Entries> rooms_;
  std::unordered_map<UserId, Entries> users_;
  std::unordered_map<UserId, Entries> watchers_;
};

}  // namespace wardroom::realtime
