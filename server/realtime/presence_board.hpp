#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "protocol/types.hpp"

namespace wardroom::realtime {

// Who is here and how. What they say of themselves lasts (store/profiles), that they are here doesn't. Any
// thread; the lock is not on the way of a message. Changes are collected and taken once a second, so that a
// flapping connection costs its watchers one event at most.
class PresenceBoard {
 public:
  struct Status {
    std::string text;                // empty: none
    std::optional<TimePoint> until;  // when it ends by itself
    friend bool operator==(const Status&, const Status&) = default;
  };

  void connected(UserId user, SessionId session);
  void disconnected(UserId user, SessionId session);
  // Kept while the server runs, also across the person's reconnects. `offline` means invisible: shown as
  // offline.
  void set(UserId user, protocol::Presence state, Status status);
  // A status as it was kept, unless the person has set one since the start.
  void recall(UserId user, Status status);
  void clear_status(UserId user);
  Status status_of(UserId user) const;

  // Those of `users` who aren't offline.
  std::vector<protocol::PresenceOf> find(const std::vector<UserId>& users) const;
  // What differs from the last time this was called, after what ends by `now`, of the trusted clock, has
  // ended.
  std::vector<protocol::PresenceOf> take_changes(TimePoint now);
  std::size_t online() const;
  // Whether the session has a connection now.
  bool is_connected(SessionId session) const;

 private:
  struct Person {
    int connections = 0;
    protocol::Presence chosen = protocol::Presence::online;
    Status status;
    protocol::Presence told = protocol::Presence::offline;
    Status told_status;
    bool touched = false;

    protocol::Presence state() const { return connections > 0 ? chosen : protocol::Presence::offline; }
  };
  void touch(UserId user, Person& person);
  void keep(UserId user, Person& person, Status status);

  mutable std::mutex mutex_;
  std::unordered_map<UserId, Person> people_;
  std::unordered_map<SessionId, int> sessions_;  // connections of each, at least one
  std::vector<UserId> touched_;
  std::multimap<TimePoint, UserId> ends_;  // of statuses, perhaps of some that were changed since
};

}  // namespace wardroom::realtime
