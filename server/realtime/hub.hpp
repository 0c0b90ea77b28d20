#pragma once

#include <memory>
#include <vector>

#include "common/base/histogram.hpp"
#include "server/realtime/subscriptions.hpp"

namespace wardroom::realtime {

// Hands what became known to every network thread. publish() and run_on() may be called from any thread; what
// one thread publishes arrives everywhere in its order. Nothing is copied per thread but a pointer.
class Hub {
 public:
  // `presence` outlives the hub; it is told who is connected.
  explicit Hub(PresenceBoard& presence) : presence_(presence) {}
  // One executor a network thread, in the order of PeerId::loop; they outlive every later call. Call once,
  // before anything is published and before the threads start.
  void attach(std::vector<Executor*> loops);

  void publish(Batch batch);
  // Everybody's connection, behind what was published before.
  void close_all(protocol::CloseCode code);
  // Runs on the peer's network thread if it is still connected.
  void run_on(PeerId peer, std::function<void(Peer&)> act);

  // The subscriptions of one network thread; call on that thread.
  Subscriptions& local(std::uint16_t loop) { return *subscriptions_[loop]; }
  std::size_t loops() const { return loops_.size(); }

  // A change that came in then is answered now. On the network thread with this number.
  void note_acknowledged(std::uint16_t loop, std::chrono::steady_clock::time_point received) {
    timings_[loop]->acknowledged.note_since(received);
  }
  // From publish() until all connections of a network thread have it queued; from a change's receipt until
  // its answer is queued. Any thread.
  Histogram::Counts fan_out_times() const;
  Histogram::Counts acknowledged_times() const;

 private:
  PresenceBoard& presence_;
  std::vector<Executor*> loops_;
  std::vector<std::unique_ptr<Subscriptions>> subscriptions_;
  // One a network thread, on a cache line that no other thread writes to.
  struct alignas(64) Timings {
    Histogram fan_out, acknowledged;
  };
  std::vector<std::unique_ptr<Timings>> timings_;
};

}  // namespace wardroom::realtime
