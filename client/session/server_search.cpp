#include "client/session/server_search.hpp"

#include <utility>

#include "common/link/discover.hpp"

namespace wardroom::client {
namespace {

ServersFound found_event(const link::FoundServers& found, bool over) {
  ServersFound event;
  for (const auto& server : found.servers) event.servers.push_back(server.offer);
  event.more = found.more;
  event.over = over;
  return event;
}

}  // namespace

// Any thread. The inbox may be drained when this is gone.
void ServerSearch::post(std::uint64_t generation, ServersFound found) {
  inbox_.post([this, here = std::weak_ptr(here_), generation, found = std::move(found)] {
    if (!here.expired() && generation == generation_) told_(found);
  });
}

void ServerSearch::begin() {
  const auto generation = ++generation_;
  thread_ = std::jthread([this, generation](const std::stop_token& stop) {
    const auto found = link::discover(
        {}, [&](const link::FoundServers& so_far) { post(generation, found_event(so_far, false)); }, stop);
    if (stop.stop_requested()) return;
    ServersFound last = found ? found_event(*found, true) : ServersFound{};
    if (!found) last = {{}, false, true, found.error().message};
    post(generation, std::move(last));
  });
}

}  // namespace wardroom::client
