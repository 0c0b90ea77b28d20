#pragma once

#include <unordered_map>
#include <vector>

#include "server/realtime/presence_board.hpp"
#include "server/realtime/publication.hpp"

namespace wardroom::realtime {

// Who is signed in and hears what, for the peers of one network thread; used on that thread only. A peer that
// is signed in stands in `users_`, counts as present and has a caller; one that isn't has none of it and
// hears nothing: sign_in() and sign_out() are the only ways between the two. A peer may be in the middle of a
// fan-out when it closes: Peer::deliver and Peer::close must not call back into on_closed before they return.
class Subscriptions {
 public:
  // `presence` outlives it.
  explicit Subscriptions(PresenceBoard& presence) : presence_(presence) {}

  void add(Peer& peer);
  // The peer is gone, signed in or not.
  void remove(Peer& peer);
  Peer* find(PeerId id) const;
  std::size_t size() const { return peers_.size(); }

  // Signs the caller in: the peer hears their personal events and `rooms` from now on, with duties nothing.
  // False when somebody is signed in on it already, or was, or it is closing.
  bool sign_in(Peer& peer, Caller caller, const std::vector<RoomId>& rooms);
  // Signs out whoever is signed in on it, for good, and closes it.
  void end(Peer& peer, protocol::CloseCode code);
  // Role and duties of the peer's caller, as they were read.
  void set_caller(Peer& peer, const Caller& caller);
  // Makes `rooms` the rooms that the peer hears; returns whether any of them is new. A caller with duties
  // hears none.
  bool set_rooms(Peer& peer, const std::vector<RoomId>& rooms);
  bool hears(const Peer& peer, RoomId room) const;
  // Does nothing where nobody is signed in, or somebody with duties.
  void set_watched(Peer& peer, std::vector<UserId> users);

  // Whether what was read about a person since `version()` was asked is still to be believed: their session,
  // role, duties, rooms and whom they may watch.
  std::uint64_t version() const { return version_; }
  bool has_changed(UserId user, std::uint64_t since) const;

  void apply(const Publication& publication);
  void for_each(const std::function<void(Peer&)>& act) const;

 private:
  struct Entry {
    Peer* peer = nullptr;
    bool over = false;  // somebody was signed in and no longer is: it only waits for its end
    std::vector<RoomId> rooms;
    std::vector<UserId> watched;
  };
  using Entries = std::vector<Entry*>;

  void sign_out(Entry& entry);
  void join(Entry& entry, RoomId room);
  void part(Entry& entry, RoomId room);
  void watch(Entry& entry, std::vector<UserId> users);
  void end(Entry& entry, protocol::CloseCode code);
  void end_session(const SessionEnded& ended);
  void change_caller(Entry& entry, const CallerChanged& changed);
  void note_change(UserId user) { changes_[user] = ++version_; }
  template <class Map, class Key>
  void drop(Map& map, Key key, Entry& entry);
  template <class Act>
  void each_of(UserId user, const Act& act);

  PresenceBoard& presence_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Entry>> peers_;  // by serial
  std::unordered_map<RoomId, Entries> rooms_;
  std::unordered_map<UserId, Entries> users_;
  std::unordered_map<UserId, Entries> watchers_;
  std::uint64_t version_ = 0;
  std::unordered_map<UserId, std::uint64_t>
      changes_;  // the last of each person; at most one for each there is
};

}  // namespace wardroom::realtime
