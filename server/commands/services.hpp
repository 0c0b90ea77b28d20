#pragma once

#include <chrono>
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "server/audit/denial_log.hpp"
#include "server/audit/failure_log.hpp"
#include "server/audit/head_signer.hpp"
#include "server/commands/admin/certificates.hpp"
#include "server/commands/admin/live_figures.hpp"
#include "server/commands/message/person_rates.hpp"
#include "server/commands/moderation/sanction_ends.hpp"
#include "server/commands/retention/apply.hpp"
#include "server/commands/throttles.hpp"
#include "server/credentials/hashing_pool.hpp"
#include "server/credentials/refusal_timer.hpp"
#include "server/credentials/seal.hpp"
#include "server/realtime/hub.hpp"
#include "server/realtime/presence_board.hpp"
#include "server/store/file_cleaner.hpp"
#include "server/store/readers.hpp"
#include "server/store/writer.hpp"

namespace wardroom::commands {

// Whether two people may write to each other at once, or the others are asked first.
enum class DirectPolicy { open, request };

// What an administrator may set and commands need to know.
struct Settings {
  std::string office_name = "Wardroom";
  std::string link_host = "localhost";  // where invite links point
  std::uint16_t link_port = 7443;
  Digest ca_pin{};
  std::chrono::seconds session_lifetime = std::chrono::days{90};
  credentials::HashCost member_cost = credentials::kMemberCost;
  credentials::HashCost admin_cost = credentials::kAdminCost;
  std::vector<protocol::Role> second_factor_roles;  // who must have one
  realtime::Rate request_rate{20, 60};              // a connection
  realtime::Rate message_rate{5, 15};               // a person
  DirectPolicy direct_policy = DirectPolicy::open;
  std::chrono::milliseconds search_time{1500};  // after which a search is cut off
  std::chrono::milliseconds reconnect_min{500};
  std::chrono::milliseconds reconnect_max{30'000};
};

// What commands work with. All of it outlives the dispatcher and is safe to use from the threads named at
// each class.
struct Services {
  const Clock& clock;
  store::Writer& writer;
  store::Readers& readers;
  store::Readers& searchers;  // with the search index attached
  realtime::Hub& hub;
  realtime::PresenceBoard& presence;
  credentials::HashingPool& hashing;
  const credentials::Seal& seal;
  audit::FailureLog& failures;  // writer thread
  audit::DenialLog& denials;    // writer thread
  audit::HeadSigner& signer;    // writer thread
  PersonRates& message_rates;   // writer thread
  Throttles& throttles;
  credentials::RefusalTimer& refusals;
  std::int64_t epoch = 0;
  Settings settings;
  SanctionEnds sanction_ends{};
  RetentionRound retention{};
  store::FileCleaner cleaner{writer};
  Certificates* certificates = nullptr;  // neither where no network is served
  const LiveFigures* figures = nullptr;
};

}  // namespace wardroom::commands
