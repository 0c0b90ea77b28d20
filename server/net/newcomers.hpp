#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <utility>

namespace wardroom::net {

// What those who aren't signed in have to do, of which signing a handshake is the most expensive thing that a
// turn of a network thread can do: they wait for their share of it, each behind those who came before. Lives
// on one network thread.
class Newcomers {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Of each turn: about two signatures of a handshake, each as long as serving many of those inside.
  static constexpr std::chrono::microseconds kShare{500};

  // `now` goes on while somebody is served.
  explicit Newcomers(std::function<Time()> now) : now_(std::move(now)) {}

  void add(std::function<void()> work) { waiting_.push_back(std::move(work)); }
  // Does what the first one waits for, and goes on with the next ones until the share is used up.
  void serve_share();
  bool empty() const { return waiting_.empty(); }
  void clear() { waiting_.clear(); }

 private:
  const std::function<Time()> now_;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace wardroom::net
