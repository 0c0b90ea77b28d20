#pragma once

#include <map>
#include <optional>
#include <unordered_map>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/strong.hpp"
#include "common/sqlite/connection.hpp"

namespace wardroom::evidence {

// The hashes of messages' states against those that the log bound in. Both come in the order in which they
// were written, some at a time, so that most meet at once and few are kept: a window's hashes that nothing
// met until the end of the next one count as missing, until look_back() meets them.
class StateMatch {
 public:
  // A state that waits for its hash.
  struct State {
    RoomId room;
    Seq seq;
    std::int64_t version = 1;
    TimePoint at;
    bool erased = false;
    bool is_old = false;  // posted in the form v1
  };

  // The leaves of the log's next group, 32 bytes each.
  void add_group(std::int64_t idx, std::string_view leaves);
  void meet(const Digest& leaf, const State& state);
  void end_window();
  // Looks for the hashes of all that wait still, among all groups.
  void look_back(sqlite::Connection& db);

  // States of which no group has the hash, in the order of rooms, messages and versions.
  std::vector<State> waiting() const;
  std::int64_t met() const { return met_; }  // but for the erased ones
  std::int64_t met_erased() const { return met_erased_; }
  std::int64_t met_old() const { return met_old_; }
  // Of those, the one that the newest record bound in, and that record; call with some.
  const std::pair<State, std::int64_t>& newest_old() const { return newest_old_; }
  std::int64_t missing() const { return leaves_ - met_ - met_erased_; }
  // The newest record of a group that lacks states, with how many; call with some missing.
  std::pair<std::int64_t, std::int64_t> newest_gap() const;

 private:
  struct HashOf {
    std::size_t operator()(const Digest& digest) const;
  };
  using Leaves = std::unordered_map<Digest, std::int64_t, HashOf>;  // with the group's record

  // The record of the group that it stood in.
  std::optional<std::int64_t> take_leaf(const Digest& leaf);
  void count(const State& state, std::int64_t idx);

  Leaves window_, window_before_;
  std::unordered_map<Digest, State, HashOf> waiting_;
  std::map<std::int64_t, std::int64_t> gaps_;  // leaves that nothing met, by group: the newest thousand
  std::int64_t leaves_ = 0, met_ = 0, met_erased_ = 0, met_old_ = 0;
  std::pair<State, std::int64_t> newest_old_{{}, -1};
};

}  // namespace wardroom::evidence
