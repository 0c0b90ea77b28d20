#pragma once

#include <cstdint>
#include <memory>

#include "common/base/trusted_clock.hpp"
#include "common/sqlite/connection.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/options.hpp"
#include "server/audit/head_signer.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/ops/data_dir.hpp"
#include "server/store/readers.hpp"
#include "server/store/search_index.hpp"

// What a start reads, makes and checks in the data directory before anything is served from it.
namespace wardroom::app {

// Served only as the office that it was, and as clients take it. What stands in the way of neither is logged.
// Whether a certificate was issued for it.
Result<bool> check_before_start(const ops::DataDir& dir, const Options& options, const Clock& machine);

struct Searching {
  std::unique_ptr<store::SearchIndex> index;  // nothing: it can't be written
  std::unique_ptr<store::Readers> readers;
};
// The log's signer, with the log's first key where there is none yet. What has no head gets one.
Result<audit::HeadSigner> open_signer(sqlite::Connection& db, const ops::DataDir& dir, const Options& options,
                                      TimePoint now);

// What must be read before the writer owns the database.
struct Opened {
  std::unique_ptr<TrustedClock> clock;
  std::unique_ptr<sqlite::Connection> db;
  audit::HeadSigner signer;
  std::int64_t epoch = 0;
  bool crashed = false;
  LastBackup last_backup;
  std::unique_ptr<store::Readers> readers;
  Searching search;
  bool reads_only = false;
  std::unique_ptr<commands::FileStore> files;  // none while nothing is written
  // Records behind the newest head that was kept outside the database: signed now, whoever wrote them.
  std::int64_t taken_up = 0;
  std::int64_t first_taken_up = 0;
};

// `machine` outlives the result. `disk_full`: something of it can't be written.
Result<Opened> open_store(const ops::DataDir& dir, const Options& options, const Clock& machine);
// Of a disk without any room: nothing is made, changed or signed, and nothing must be written with it.
Result<Opened> open_store_to_read(const ops::DataDir& dir, const Options& options, const Clock& machine);

}  // namespace wardroom::app
