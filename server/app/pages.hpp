#pragma once

#include <string_view>

#include "common/base/trusted_clock.hpp"
#include "server/commands/dispatcher.hpp"
#include "server/credentials/hashing_pool.hpp"
#include "server/net/server.hpp"
#include "server/realtime/presence_board.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

struct Gauges {
  const net::Server& net;
  const store::Writer& writer;
  const commands::Dispatcher& dispatcher;
  const realtime::PresenceBoard& presence;
  const credentials::HashingPool& hashing;
  const TrustedClock& clock;
};

// GET /healthz (the process answers), /readyz (it can also write), /metrics (Prometheus text, to this machine
// only: a scraper elsewhere goes through an agent here). Everything else is 404. Any thread.
realtime::HttpAnswer answer_page(std::string_view target, const realtime::Source& source,
                                 const Gauges& gauges);

}  // namespace wardroom::app
