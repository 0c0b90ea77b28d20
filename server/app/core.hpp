#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "common/base/clock.hpp"
#include "common/sqlite/slow_statements.hpp"
#include "server/audit/denial_log.hpp"
#include "server/audit/failure_log.hpp"
#include "server/commands/dispatcher.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/commands/services.hpp"
#include "server/store/search_indexer.hpp"

namespace wardroom::app {

// The server without its network and the machine around it: what the appliance serves, and what tests hold in
// memory. Declared in the order of dependence: each part uses only those above it, and is gone before them.
struct Core {
  // What belongs to a data directory.
  struct Stored {
    std::unique_ptr<sqlite::Connection> db;
    std::unique_ptr<store::Readers> readers;
    std::unique_ptr<store::Readers> searchers;
    std::unique_ptr<store::SearchIndex> search;
    audit::HeadSigner signer;
    credentials::Seal seal;
    std::int64_t epoch = 0;
    std::unique_ptr<commands::FileStore> files;  // none: no files are taken
  };
  struct Limits {
    store::Writer::Limits writer;
    credentials::HashingLimits hashing;
    std::chrono::milliseconds refusal;  // sign-ins are refused in steps of it
  };
  // `clock` outlives it.
  Core(const Clock& clock, Stored stored, const Limits& limits, commands::Settings settings,
       commands::Dispatcher::Pages pages);
  // As end_answers(), then what was queued is written.
  ~Core();

  // Call once. `loops` as in Hub::attach. `before_commit` comes after the group's own record.
  void start(std::vector<realtime::Executor*> loops, std::function<void(store::WriteTx&)> before_commit = {},
             std::function<bool()> release_reserve = {});
  // Publishes presence, ends the mutes and bans that are due, signs the log's head. Any one thread, each
  // second.
  void each_second();
  // No answer comes from here on; what is written still is. Idempotent.
  void end_answers();

  sqlite::SlowStatements slow;  // of the writer and the readers
  realtime::PresenceBoard presence;
  realtime::Hub hub{presence};
  credentials::Seal seal;
  audit::FailureLog failures;
  audit::DenialLog denials;
  audit::CommitmentCounts counts;
  audit::HeadSigner signer;
  store::Writer writer;
  std::unique_ptr<store::Readers> readers;
  std::unique_ptr<store::Readers> searchers;
  store::SearchIndexer indexer;  // idle until its start()
  commands::PersonRates message_rates;
  commands::Throttles throttles;
  credentials::RefusalTimer refusals;
  credentials::HashingPool hashing;
  std::unique_ptr<commands::FileStore> files;
  commands::Services services;
  commands::GroupBatch batch;
  commands::Dispatcher dispatcher;
};

}  // namespace wardroom::app
