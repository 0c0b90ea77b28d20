#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "server/audit/denial_log.hpp"
#include "server/audit/failure_log.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/head_state.hpp"
#include "server/commands/admin/backups.hpp"
#include "server/commands/admin/certificates.hpp"
#include "server/commands/admin/live_figures.hpp"
#include "server/commands/admin/server_settings.hpp"
#include "server/commands/file/file_limits.hpp"
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
  // What links carry. A rotation of the authority changes both: writer thread.
  Digest ca_pin{};
  std::optional<Digest> next_ca_pin;
  std::chrono::seconds session_lifetime = std::chrono::days{90};
  credentials::HashCost member_cost = credentials::kMemberCost;
  credentials::HashCost admin_cost = credentials::kAdminCost;
  std::vector<protocol::Role> second_factor_roles;  // who must have one
  realtime::Rate request_rate{20, 60};              // a connection
  realtime::Rate message_rate{5, 15};               // a person
  DirectPolicy direct_policy = DirectPolicy::open;
  bool seen_by = false;  // whether small rooms show who has read a message
  FileLimits files;
  bool browsers = true;                         // whether a browser's cookie counts
  std::chrono::milliseconds search_time{1500};  // after which a search is cut off
  std::chrono::milliseconds reconnect_min{500};
  std::chrono::milliseconds reconnect_max{4'000};
};

// The settings that count now: some of them change while the server runs. Whoever needs several that go
// together takes them by one load(). Any thread.
class CurrentSettings {
 public:
  CurrentSettings(Settings settings) : settings_(std::make_shared<const Settings>(std::move(settings))) {}

  std::shared_ptr<const Settings> load() const {
    const std::lock_guard lock(mutex_);
    return settings_;
  }
  std::shared_ptr<const Settings> operator->() const { return load(); }
  // `change` is given a copy to change; no other change comes between.
  template <class Change>
  void update(Change change) {
    const std::lock_guard lock(mutex_);
    auto next = std::make_shared<Settings>(*settings_);
    change(*next);
    settings_ = std::move(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Settings> settings_;
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
  CurrentSettings settings;
  SanctionEnds sanction_ends{};
  RetentionRound retention{};
  store::FileCleaner cleaner{writer};
  Certificates* certificates = nullptr;  // none of these where no network is served
  ServerSettings* server_settings = nullptr;
  Backups* backups = nullptr;
  const LiveFigures* figures = nullptr;
  class FileStore* files = nullptr;        // none where there is no folder for them
  audit::HeadState heads{};                // of signing them
  std::atomic<std::uint64_t> messages{0};  // posted since the start, not imported. Any thread
};

}  // namespace wardroom::commands
