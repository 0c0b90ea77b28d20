#include "server/app/opening.hpp"

#include <algorithm>
#include <filesystem>

#include "common/base/disk_room.hpp"
#include "common/base/log.hpp"
#include "common/sqlite/migrations.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/app/office_check.hpp"
#include "server/app/office_hosts.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/audit/bound_reactions.hpp"
#include "server/audit/tree.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/kept_head.hpp"
#include "server/ops/reserve.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

// Each transfer has one job at a time, so this many may wait for the disk at once.
constexpr std::size_t kFileQueue = 4096;
// Few: a search is short, and more of them at once would take the processor from everybody else.
constexpr std::size_t kSearchThreads = 2, kSearchQueue = 200;

// Before the first client asks: what a crash left without a head, and above all the record of a restored
// backup. Without it under the head, every PC would take the server for one whose log was cut.
// Nothing is signed that doesn't extend the head in keys/newest-head.
Result<void> sign_what_was_left(sqlite::Connection& db, audit::HeadSigner& signer, const ops::DataDir& dir,
                                TimePoint now) {
  const auto kept = ops::load_kept_head(dir);
  if (!kept) return kept.error();
  if (*kept) {
    auto head = tlog::parse_checkpoint(**kept);
    if (!head) return head.error();
    signer.must_extend(std::move(*head));
  }
  sqlite::Transaction transaction(db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{db, now, {}};
  const auto head = signer.sign_if_grown(tx);
  if (!head) return head.error();
  // The first one stands in the file before the database has it: later on, a file that isn't there was taken.
  if (*head && !*kept)
    if (auto written = ops::keep_head(dir, (*head)->note); !written) return written;
  if (auto done = transaction.commit(); !done) return done;
  if (*head) signer.committed(**head);
  return ok();
}

// Records under the head that is kept outside the database; 0: none is.
Result<std::int64_t> count_covered(const ops::DataDir& dir) {
  const auto kept = ops::load_kept_head(dir);
  if (!kept) return kept.error();
  if (!*kept) return std::int64_t{0};
  const auto head = tlog::parse_checkpoint(**kept);
  if (!head) return head.error();
  return head->size;
}

Result<Searching> open_search(const ops::DataDir& dir) {
  auto index = store::SearchIndex::open(dir.search_index(), dir.database());
  if (!index) return index.error();
  auto readers = store::Readers::open(
      dir.database(), kSearchThreads, kSearchQueue,
      [&dir](sqlite::Connection& db) { return store::attach_search_index(db, dir.search_index()); });
  if (!readers) return readers.error();
  return Searching{std::move(*index), std::move(*readers)};
}

// Without an index, who searches is told that it can't be done.
Result<void> attach_if_there(sqlite::Connection& db, const std::filesystem::path& index) {
  std::error_code unknown;
  if (!std::filesystem::exists(index, unknown)) return ok();  // it would be made
  if (auto attached = store::attach_search_index(db, index); !attached) {
    spdlog::warn("search.not_there message=\"{}\"", attached.error().message);
    db.clear_error();
  }
  return ok();
}

Result<void> read_state(Opened& opened, const ops::DataDir& dir, const Options& options,
                        store::Readers::Mode mode) {
  opened.epoch = store::load_epoch(*opened.db);
  const auto last = opened.db->find<std::string>(
      "SELECT type FROM audit_records WHERE type IN ('server.started', 'server.stopped',"
      " 'server.backup_restored') ORDER BY idx DESC LIMIT 1");
  opened.crashed = last == "server.started";
  opened.last_backup = find_last_backup(*opened.db);
  if (opened.db->failure()) return *opened.db->failure();
  auto readers = store::Readers::open(dir.database(), options.store.reader_threads,
                                      options.store.reader_queue, {}, mode);
  if (!readers) return readers.error();
  opened.readers = std::move(*readers);
  return ok();
}

}  // namespace

Result<bool> check_before_start(const ops::DataDir& dir, const Options& options, const Clock& machine) {
  if (auto made = make_private(dir); !made) return made.error();
  const TimePoint at = believed_time(dir, machine);
  // What a crash during a rotation left half-way.
  if (auto settled = ops::settle_rotation(dir, parsed_hosts(options.server.hosts), at); !settled) {
    // What is served meanwhile is checked below.
    if (has_room(dir.root, ops::kStartBytes)) return settled.error();
    spdlog::error("server.authority_unsettled message=\"{}\"", settled.error().message);
  }
  const auto issued = issue_where_missing(dir, options, at);
  // One that is there may be over; then the server says so until somebody brings another.
  std::error_code unknown;
  if (!issued && !std::filesystem::exists(dir.server_certificate(), unknown)) return issued;
  if (!issued) spdlog::error("certificate.renewal_failed message=\"{}\"", issued.error().message);
  auto findings = check_office(dir, options, at);
  for (auto& finding : check_copies(options)) findings.push_back(std::move(finding));
  for (const auto& finding : findings) {
    if (finding.refused) return finding.error;
    spdlog::warn("server.finding reason={} message=\"{}\"", finding.error.reason, finding.error.message);
  }
  return issued && *issued;
}

Result<audit::HeadSigner> open_signer(sqlite::Connection& db, const ops::DataDir& dir, const Options& options,
                                      TimePoint now) {
  auto signer =
      audit::HeadSigner::open(db, dir.keys(), options.server.hosts.front() + "/wardroom", now,
                              [&dir](const std::string& note) { return ops::keep_head(dir, note); });
  if (!signer) return signer;
  if (auto done = sign_what_was_left(db, *signer, dir, now); !done) return done.error();
  return signer;
}

Result<Opened> open_store(const ops::DataDir& dir, const Options& options, const Clock& machine) {
  const TimePoint at = believed_time(dir, machine);
  auto db = open_upgraded(dir, std::max(at, machine.now()));
  if (!db) return db.error();
  if (auto done = audit::complete_nodes(**db); !done) return done.error();
  auto clock = std::make_unique<TrustedClock>(machine, store::load_clock(**db, machine.now()));
  if ((*db)->failure()) return *(*db)->failure();
  // Only now: a program that this database is too new for must leave what it can go back to.
  remove_old_way_back(dir, options.backup.days, std::min(clock->trusted(), machine.now()));
  const TimePoint now = clock->now();
  const auto covered = count_covered(dir);
  if (!covered) return covered.error();
  auto signer = open_signer(**db, dir, options, now);
  if (!signer) return signer.error();
  if (auto done = audit::seal_reactions(**db, now); !done) return done.error();
  const auto size = signer->sign_own_alone(**db);
  if (!size) return size.error();
  Opened opened{std::move(clock), std::move(*db), std::move(*signer), 0, false, {}, {}, {}};
  opened.taken_up = std::max(std::int64_t{0}, *size - *covered);
  opened.first_taken_up = *covered;
  if (auto done = read_state(opened, dir, options, store::Readers::Mode::read_only); !done)
    return done.error();
  auto search = open_search(dir);
  if (!search) return search.error();
  opened.search = std::move(*search);
  auto asked = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_only);
  if (!asked) return asked.error();
  opened.files = std::make_unique<commands::FileStore>(dir.files(), std::move(*asked), options.files.threads,
                                                       kFileQueue);
  return opened;
}

Result<Opened> open_store_to_read(const ops::DataDir& dir, const Options& options, const Clock& machine) {
  using Mode = store::Readers::Mode;
  auto db = sqlite::Connection::open(dir.database(), Mode::frozen);
  if (!db) return db.error();
  const auto version = sqlite::schema_version(**db);
  if (!version) return version.error();
  const bool was_served = !audit::load_keys(**db).empty();
  if ((*db)->failure()) return *(*db)->failure();
  if (*version != store::newest_schema_version() || !was_served)
    return make_error(ErrorCode::unavailable,
                      "The disk is full, and this start has to write: " +
                          std::string(was_served ? "it brings the database to this program's version."
                                                 : "it is the office's first.") +
                          " Free some space.",
                      "disk_full");
  auto clock = std::make_unique<TrustedClock>(machine, store::load_clock(**db, machine.now()));
  if ((*db)->failure()) return *(*db)->failure();
  auto signer =
      audit::HeadSigner::open(**db, dir.keys(), options.server.hosts.front() + "/wardroom", clock->now(), {});
  if (!signer) return signer.error();
  Opened opened{std::move(clock), std::move(*db), std::move(*signer), 0, false, {}, {}, {}, true};
  if (auto done = read_state(opened, dir, options, Mode::frozen); !done) return done.error();
  auto readers = store::Readers::open(
      dir.database(), kSearchThreads, kSearchQueue,
      [&dir](sqlite::Connection& search) { return attach_if_there(search, dir.search_index()); },
      Mode::frozen);
  if (!readers) return readers.error();
  opened.search.readers = std::move(*readers);
  return opened;
}

}  // namespace wardroom::app
