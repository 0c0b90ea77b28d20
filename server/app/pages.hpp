#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/trusted_clock.hpp"
#include "server/app/figures.hpp"
#include "server/app/integrity_check.hpp"
#include "server/app/web_pages.hpp"
#include "server/audit/failure_log.hpp"
#include "server/audit/head_state.hpp"
#include "server/commands/dispatcher.hpp"
#include "server/commands/file/scanner_state.hpp"
#include "server/credentials/hashing_pool.hpp"
#include "server/net/server.hpp"
#include "server/realtime/hub.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

struct Gauges {
  const net::Server& net;
  const store::Writer& writer;
  const commands::Dispatcher& dispatcher;
  const realtime::PresenceBoard& presence;
  const credentials::HashingPool& hashing;
  const TrustedClock& clock;
  const Figures& figures;
  const store::Readers& readers;
  const realtime::Hub& hub;
  const audit::FailureLog& failures;
  const std::optional<Digest>& metrics_token;  // nothing: nobody may read them
  CheckStatus check;
  audit::HeadTrouble head_trouble = audit::HeadTrouble::none;
  LateCopies late_copies = {};
  commands::ScannerState scanner = {};
};

std::uint64_t resident_bytes();

// The part of /metrics about the server's check of itself. Nothing is 0 that isn't known.
std::string compose_check_metrics(const CheckStatus& check);

// All of /metrics.
std::string compose_metrics(const Gauges& gauges);

// What /readyz says: that it can write, and that clients accept its certificate.
realtime::HttpAnswer answer_ready(store::Writer::Health health, bool certificate_is_over);

// GET /healthz (the process answers), /readyz (it can also write, and clients accept its certificate),
// /metrics (Prometheus text, for who has the token); and what `web` has. Everything else is 404. Any thread.
realtime::HttpAnswer answer_page(const realtime::PageRequest& request, const Gauges& gauges,
                                 const WebPages& web);

}  // namespace wardroom::app
