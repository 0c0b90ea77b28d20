#include "server/realtime/hub.hpp"

namespace wardroom::realtime {

void Hub::attach(std::vector<Executor*> loops) {
  loops_ = std::move(loops);
  for (std::size_t i = 0; i < loops_.size(); ++i) subscriptions_.push_back(std::make_unique<Subscriptions>());
}

void Hub::publish(Batch batch) {
  if (batch.empty()) return;
  const auto shared = std::make_shared<const Batch>(std::move(batch));
  for (std::size_t i = 0; i < loops_.size(); ++i)
    loops_[i]->post([subscriptions = subscriptions_[i].get(), loop = i, shared] {
      for (const auto& publication : *shared) {
        const auto* to_peer = std::get_if<ToPeer>(&publication);
        if (!to_peer || to_peer->peer.loop == loop) subscriptions->apply(publication);
      }
    });
}

void Hub::run_on(PeerId id, std::function<void(Peer&)> act) {
  loops_[id.loop]->post([subscriptions = subscriptions_[id.loop].get(), id, act = std::move(act)] {
    if (Peer* peer = subscriptions->find(id)) act(*peer);
  });
}

}  // namespace wardroom::realtime
