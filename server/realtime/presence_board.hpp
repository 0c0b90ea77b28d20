#pragma once

#include <mutex>
#include <unordered_map>
#include <vector>

#include "protocol/types.hpp"

namespace wardroom::realtime {

// Who is here and how. Never durable. Any thread; the lock is not on the way of a message. Changes are
// collected and taken once a second, so that a flapping connection costs its watchers one event at most.
class PresenceBoard {
 public:
  void connected(UserId user, SessionId session);
  void disconnected(UserId user, SessionId session);
  // Kept while the server runs, also across the person's reconnects. `offline` means invisible: shown as
  // offline.
  void set(UserId user, protocol::Presence state, std::string text);

  // Those of `users` who aren't offline.
  std::vector<protocol::PresenceOf> find(const std::vector<UserId>& users) const;
  // What differs from the last time this was called.
  std::vector<protocol::PresenceOf> take_changes();
  std::size_t online() const;
  // Whether the session has a connection now.
  bool is_connected(SessionId session) const;

 private:
  struct Person {
    int connections = 0;
    protocol::Presence chosen = protocol::Presence::online;
    std::string text;
    protocol::Presence told = protocol::Presence::offline;
    std::string told_text;
    bool touched = false;

    protocol::Presence state() const { return connections > 0 ? chosen : protocol::Presence::offline; }
  };
  void touch(UserId user, Person& person);

  mutable std::mutex mutex_;
  std::unordered_map<UserId, Person> people_;
  std::unordered_map<SessionId, int> sessions_;  // connections of each, at least one
  std::vector<UserId> touched_;
};

}  // namespace wardroom::realtime
