#include "server/realtime/hub.hpp"

#include "common/base/log.hpp"

namespace wardroom::realtime {
namespace {

// What one peer was to do and couldn't (there was no memory for it) costs that peer its connection, not
// everybody the server: it connects again and learns what it missed.
void act_on(Peer& peer, const std::function<void(Peer&)>& act) noexcept {
  try {
    act(peer);
  } catch (const std::exception& e) {
    spdlog::error("realtime.act_failed what=\"{}\"", e.what());
    peer.close(protocol::CloseCode::failed, "");
  }
}

// What couldn't be told to all may have been told to some: they all connect again and read what they missed.
void apply_to(Subscriptions& subscriptions, const Publication& publication) noexcept {
  try {
    subscriptions.apply(publication);
  } catch (const std::exception& e) {
    spdlog::error("realtime.publication_failed what=\"{}\"", e.what());
    subscriptions.for_each([](Peer& peer) { peer.close(protocol::CloseCode::failed, ""); });
  }
}

}  // namespace

void Hub::attach(std::vector<Executor*> loops) {
  loops_ = std::move(loops);
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    subscriptions_.push_back(std::make_unique<Subscriptions>(presence_));
    timings_.push_back(std::make_unique<Timings>());
  }
}

void Hub::publish(Batch batch) {
  if (batch.empty()) return;
  const auto shared = std::make_shared<const Batch>(std::move(batch));
  const auto began = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < loops_.size(); ++i)
    loops_[i]->post(
        [subscriptions = subscriptions_[i].get(), timings = timings_[i].get(), loop = i, began, shared] {
          for (const auto& publication : *shared) {
            const auto* to_peer = std::get_if<ToPeer>(&publication);
            if (!to_peer) {
              apply_to(*subscriptions, publication);
            } else if (to_peer->peer.loop == loop) {
              if (Peer* peer = subscriptions->find(to_peer->peer)) act_on(*peer, to_peer->act);
            }
          }
          timings->fan_out.note_since(began);
        });
}

void Hub::close_all(protocol::CloseCode code) {
  for (std::size_t i = 0; i < loops_.size(); ++i)
    loops_[i]->post([subscriptions = subscriptions_[i].get(), code] {
      subscriptions->for_each([code](Peer& peer) { peer.close(code, ""); });
    });
}

Histogram::Counts Hub::fan_out_times() const {
  Histogram::Counts sum;
  for (const auto& timings : timings_) sum += timings->fan_out.counts();
  return sum;
}

Histogram::Counts Hub::acknowledged_times() const {
  Histogram::Counts sum;
  for (const auto& timings : timings_) sum += timings->acknowledged.counts();
  return sum;
}

void Hub::run_on(PeerId id, std::function<void(Peer&)> act) {
  loops_[id.loop]->post([subscriptions = subscriptions_[id.loop].get(), id, act = std::move(act)] {
    if (Peer* peer = subscriptions->find(id)) act_on(*peer, act);
  });
}

}  // namespace wardroom::realtime
