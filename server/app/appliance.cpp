#include "server/app/appliance.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

#include "common/base/log.hpp"
#include "common/sqlite/transaction.hpp"
#include "protocol/events.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/core.hpp"
#include "server/app/diagnosis.hpp"
#include "server/app/gauged_figures.hpp"
#include "server/app/housekeeper.hpp"
#include "server/app/local_question.hpp"
#include "server/app/local_socket.hpp"
#include "server/app/metrics_token.hpp"
#include "server/app/office_check.hpp"
#include "server/app/office_hosts.hpp"
#include "server/app/options_record.hpp"
#include "server/app/pages.hpp"
#include "server/app/schema_upgrade.hpp"
#include "server/app/served_certificates.hpp"
#include "server/app/setup_code.hpp"
#include "server/app/watches.hpp"
#include "server/audit/bound_reactions.hpp"
#include "server/audit/tree.hpp"
#include "server/commands/audit/sign_head.hpp"
#include "server/net/server.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/kept_head.hpp"
#include "server/ops/reserve.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

constexpr std::chrono::milliseconds kDrain{2000};

net::Options to_net_options(const ops::DataDir& dir, const Options& options) {
  net::Options net;
  net.listen.clear();
  for (const auto& address : options.server.listen) net.listen.push_back({address, options.server.port});
  net.certificate_file = dir.server_certificate();
  net.key_file = dir.server_key();
  net.threads = options.server.network_threads;
  net.hosts = options.server.hosts;
  // Half the cores: the writer, the readers and password hashing need the others.
  if (net.threads == 0) net.threads = std::clamp(std::thread::hardware_concurrency() / 2, 1u, 16u);
  const LimitOptions& limits = options.limits;
  net.max_connections = limits.max_connections;
  net.max_unauthenticated_per_address = limits.unauthenticated_per_address;
  net.trusted_ranges = limits.trusted_ranges;
  net.proxy_ranges = options.server.proxy_ranges;
  net.handshake_timeout = limits.handshake_seconds;
  net.sign_in_timeout = limits.sign_in_seconds;
  net.max_header_bytes = limits.header_kib * 1024;
  net.request_timeout = limits.request_seconds;
  net.keep_alive_timeout = limits.keep_alive_seconds;
  net.ping_after = limits.ping_seconds;
  net.idle_timeout = limits.idle_seconds;
  net.close_timeout = limits.close_seconds;
  net.ephemeral_backlog_bytes = limits.ephemeral_backlog_kib * 1024;
  net.max_backlog_bytes = limits.backlog_kib * 1024;
  net.stall_timeout = limits.stall_seconds;
  return net;
}

commands::Settings to_settings(const Options& options, const Digest& ca_pin) {
  commands::Settings settings;
  settings.office_name = options.server.name;
  settings.link_host = options.server.hosts.front();
  settings.link_port = options.server.port;
  settings.ca_pin = ca_pin;
  settings.session_lifetime = options.sessions.days;
  settings.member_cost = {options.hashing.member_memory_mib * 1024, options.hashing.member_passes};
  settings.admin_cost = {options.hashing.admin_memory_mib * 1024, options.hashing.admin_passes};
  for (const auto& name : options.sign_in.second_factor_roles)
    if (const auto role = protocol::parse_enum<protocol::Role>(name))
      settings.second_factor_roles.push_back(*role);
  settings.request_rate = {static_cast<double>(options.limits.requests_per_second),
                           static_cast<double>(options.limits.requests_burst)};
  settings.message_rate = {static_cast<double>(options.limits.messages_per_second),
                           static_cast<double>(options.limits.messages_burst)};
  settings.direct_policy = options.rooms.direct_policy == "request" ? commands::DirectPolicy::request
                                                                    : commands::DirectPolicy::open;
  settings.reconnect_min = options.limits.reconnect_min_ms;
  settings.reconnect_max = options.limits.reconnect_max_ms;
  return settings;
}

// What must be read before the writer owns the database.
struct Opened {
  std::unique_ptr<TrustedClock> clock;
  std::unique_ptr<sqlite::Connection> db;
  audit::HeadSigner signer;
  std::int64_t epoch = 0;
  bool crashed = false;
  LastBackup last_backup;
};

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

Result<Opened> open_store(const ops::DataDir& dir, const Options& options, const Clock& machine) {
  const TimePoint at = believed_time(dir, machine);
  auto db = open_upgraded(dir, std::max(at, machine.now()));
  if (!db) return db.error();
  if (auto done = audit::complete_nodes(**db); !done) return done.error();
  auto clock = std::make_unique<TrustedClock>(machine, store::load_clock(**db, machine.now()));
  // Only now: a program that this database is too new for must leave what it can go back to.
  remove_old_way_back(dir, options.backup.days, std::min(clock->trusted(), machine.now()));
  if ((*db)->failure()) return *(*db)->failure();
  const TimePoint now = clock->now();
  auto signer = audit::HeadSigner::open(**db, dir.keys(), options.server.hosts.front() + "/wardroom", now);
  if (!signer) return signer.error();
  if (auto done = sign_what_was_left(**db, *signer, dir, now); !done) return done.error();
  if (auto done = audit::seal_reactions(**db, now); !done) return done.error();
  Opened opened{std::move(clock), std::move(*db), std::move(*signer), 0, false, {}};
  opened.epoch = store::load_epoch(*opened.db);
  const auto last = opened.db->find<std::string>(
      "SELECT type FROM audit_records WHERE type IN ('server.started', 'server.stopped',"
      " 'server.backup_restored') ORDER BY idx DESC LIMIT 1");
  opened.crashed = last == "server.started";
  opened.last_backup = find_last_backup(*opened.db);
  if (opened.db->failure()) return *opened.db->failure();
  return opened;
}

// Few: a search is short, and more of them at once would take the processor from everybody else.
constexpr std::size_t kSearchThreads = 2, kSearchQueue = 200;

struct Searching {
  std::unique_ptr<store::SearchIndex> index;
  std::unique_ptr<store::Readers> readers;
};

Result<Searching> open_search(const ops::DataDir& dir) {
  auto index = store::SearchIndex::open(dir.search_index(), dir.database());
  if (!index) return index.error();
  auto readers = store::Readers::open(
      dir.database(), kSearchThreads, kSearchQueue,
      [&dir](sqlite::Connection& db) { return store::attach_search_index(db, dir.search_index()); });
  if (!readers) return readers.error();
  return Searching{std::move(*index), std::move(*readers)};
}

}  // namespace

void show_last_backup(const LastBackup& last, Figures& figures) {
  figures.backup_failed = last.failed;
  if (last.verified) figures.backup_verified = to_unix_ms(*last.verified);
}

constexpr std::chrono::minutes kClockKept{1};
// What a start writes at the most.
constexpr std::uint64_t kStartBytes = std::uint64_t{4} << 20;

// Served only as the office that it was, and as clients take it. What stands in the way of neither is said.
Result<void> check_before_start(const ops::DataDir& dir, const Options& options, const Clock& machine) {
  if (auto made = make_private(dir); !made) return made;
  const TimePoint at = believed_time(dir, machine);
  if (auto issued = issue_where_missing(dir, options, at); !issued) return issued;
  auto findings = check_office(dir, options, at);
  for (auto& finding : check_copies(options)) findings.push_back(std::move(finding));
  for (const auto& finding : findings) {
    if (finding.refused) return finding.error;
    spdlog::warn("server.finding reason={} message=\"{}\"", finding.error.reason, finding.error.message);
  }
  return ok();
}

// Declared in the order of dependence: each part uses only those above it, and is gone before them.
struct Appliance::Parts {
  Parts(const ops::DataDir& d, const Options& o, std::unique_ptr<TrustedClock> c, ops::DirLock l,
        Core::Stored stored, const Digest& ca_pin)
      : dir(d),
        options(o),
        clock(std::move(c)),
        lock(std::move(l)),
        core(*clock, std::move(stored),
             {.writer = {options.store.writer_group, options.store.writer_queue},
              .hashing = {options.hashing.threads, options.hashing.queue, options.hashing.queue_per_address},
              .refusal = options.sign_in.refusal_ms},
             to_settings(options, ca_pin),
             [this](std::string_view target, std::string_view token) {
               return answer_page(target, token, gauges());
             }),
        net(to_net_options(dir, options), core.dispatcher, *clock),
        watches({core.services, core.batch, *clock, dir.database(),
                 [root = dir.root] { return ops::measure_disk(root); }},
                options),
        housekeeper({core, net, dir, watches, figures, [this] { return compose_metrics(gauges()); }},
                    Pulse(loops())) {
    core.services.certificates = &certificates;
    core.services.figures = &live_figures;
  }

  // Readers and the writer ask `certificates`, and those the network.
  ~Parts() {
    core.end_answers();
    core.writer.finish();
  }

  Gauges gauges() const {
    return {net,     core.writer,   core.dispatcher, core.presence, core.hashing,  *clock,
            figures, *core.readers, core.hub,        core.failures, metrics_token, watches.check_status()};
  }

  // The certificate is another one, and is served from the next connection on.
  Result<void> serve_certificate() {
    auto loaded = net.reload_certificate();
    if (loaded) housekeeper.look_soon();
    return loaded;
  }

  Result<std::string> reload() {
    const std::lock_guard one_at_a_time(reloading);
    const auto now = load_options(dir.config());
    if (!now) return now.error();
    std::string text;
    // As a client sees them, before anybody is served with them.
    for (const auto& finding : check_certificates(dir, *now, clock->trusted())) {
      if (finding.refused || finding.error.reason == "certificate_dates") return finding.error;
      spdlog::warn("server.finding reason={} message=\"{}\"", finding.error.reason, finding.error.message);
      text += finding.error.message + "\n";
    }
    if (auto loaded = net.reload_certificate(); !loaded) return loaded.error();
    net.set_hosts(now->server.hosts);
    housekeeper.look_soon();
    spdlog::info("server.reloaded");
    const auto waiting = options_that_wait(options, *now);
    return text + (waiting.empty() ? "" : "These options take effect at the next start: " + waiting + ".\n");
  }

  // How the file differs from what runs.
  Result<std::string> compare_options() {
    const auto file = load_options(dir.config());
    if (!file) return file.error();
    return describe_changes(options, *file);
  }

  // What `wardroomd hosts add` asks for.
  Result<std::string> add_host(const std::string& host) {
    const auto changed = add_office_host(dir, host, clock->trusted());
    if (!changed) return changed.error();
    Options served = options;  // what else the file has meanwhile waits for a start
    served.server.hosts = changed->server.hosts;
    submit_options_record(core.writer, served);
    submit_server_record(core.writer, certificate_record(dir));
    spdlog::info("server.host_added host={}", host);
    return reload();
  }

  LocalParts local_parts() {
    return {core.writer,
            *clock,
            figures,
            [this] { return reload(); },
            [this](const std::string& host) { return add_host(host); },
            [this] { return compare_options(); },
            [this] { return compose_metrics(gauges()); },
            [this] { return describe_slow_statements(core.slow.rows()); },
            [this] { return core.indexer.begin_again(); }};
  }

  std::vector<realtime::Executor*> loops() {
    std::vector<realtime::Executor*> all;
    for (std::size_t i = 0; i < net.loop_count(); ++i) all.push_back(&net.executor(i));
    return all;
  }

  // What is believed of the clock outlasts a crash, as of the last minute. Writer thread, in a transaction.
  void keep_clock(sqlite::Connection& db) {
    const auto kept = clock->kept();
    const SteadyPoint now = clock->steady();
    const auto apart = kept.wall - kept.trusted;
    const bool is_due = !clock_kept_at || now - *clock_kept_at >= kClockKept || stopped ||
                        std::chrono::abs(apart - clock_apart) > std::chrono::seconds{5};
    if (!is_due) return;
    store::store_clock(db, kept);
    clock_kept_at = now;
    clock_apart = apart;
  }

  const ops::DataDir dir;
  const Options options;
  const std::unique_ptr<TrustedClock> clock;
  std::optional<SteadyPoint> clock_kept_at;  // writer thread
  std::chrono::milliseconds clock_apart{};   // writer thread
  std::atomic<bool> stopped{false};          // the writer thread reads it to the end
  const ops::DirLock lock;
  std::mutex reloading;
  Figures figures;
  GaugedFigures live_figures{[this] { return gauges(); }};
  ServedCertificates certificates{dir, [this] { return net.hosts(); },
                                  [this] { return serve_certificate(); }};
  const std::optional<Digest> metrics_token{prepare_metrics_token(dir)};
  Core core;
  net::Server net;
  Watches watches;
  Housekeeper housekeeper;
  ops::KeptHead kept_head{dir};
  std::unique_ptr<LocalSocket> local;
};

Appliance::Appliance(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Appliance::~Appliance() {
  stop();
}

Result<std::unique_ptr<Appliance>> Appliance::start(const ops::DataDir& dir, const Options& options,
                                                    const Clock& clock) {
  auto lock = ops::DirLock::acquire(dir);
  if (!lock) return lock.error();
  // A disk that is full costs writing, not reading: what was kept for this is enough to start with.
  const ops::Reserve reserve(dir.reserve());
  const auto disk = ops::measure_disk(dir.root);
  bool is_full = disk && disk->free_bytes < kStartBytes && reserve.release();
  if (auto checked = check_before_start(dir, options, clock); !checked) return checked.error();
  auto seal = credentials::Seal::load(dir.seal_key());
  if (!seal) return seal.error();
  const auto ca_pin = ops::load_pin(dir.ca_certificate());
  if (!ca_pin) return ca_pin.error();
  auto opened = open_store(dir, options, clock);
  if (!opened && opened.error().reason == "disk_full" && reserve.release()) {
    is_full = true;
    opened = open_store(dir, options, clock);
  }
  if (!opened) return opened.error();
  auto readers =
      store::Readers::open(dir.database(), options.store.reader_threads, options.store.reader_queue);
  if (!readers) return readers.error();
  auto search = open_search(dir);
  if (!search) return search.error();

  auto parts = std::make_unique<Parts>(
      dir, options, std::move(opened->clock), std::move(*lock),
      Core::Stored{std::move(opened->db), std::move(*readers), std::move(search->readers),
                   std::move(search->index), std::move(opened->signer), std::move(*seal), opened->epoch},
      *ca_pin);
  Core& core = parts->core;
  if (is_full) {
    spdlog::error("store.disk_full writes=refused reads=served");
    core.writer.begin_saving();
  } else {
    reserve.fill();
  }
  show_last_backup(opened->last_backup, parts->figures);
  core.start(
      parts->loops(), [p = parts.get()](store::WriteTx& tx) { p->keep_clock(tx.db); },
      [reserve] { return reserve.release(); });
  if (auto started = parts->net.start(); !started) return started.error();
  const std::uint16_t port = parts->net.port();
  if (options.server.port == 0) core.services.settings.link_port = port;  // any free one was asked for: tests
  if (auto written = ops::write_durably(dir.run() / "port", std::to_string(port) + "\n", 0600); !written)
    return written.error();
  if (opened->crashed) submit_server_record(core.writer, audit::Type::server_recovered);
  submit_server_record(core.writer, audit::Type::server_started);
  submit_options_record(core.writer, options);
  submit_setup_code(core.writer, dir);
  parts->kept_head.start();
  core.indexer.start();
  parts->watches.start();
  parts->housekeeper.start();
  auto local = LocalSocket::open(dir.socket(), [p = parts.get()](const std::string& line) {
    return answer_local(p->local_parts(), line);
  });
  if (!local) return local.error();
  parts->local = std::move(*local);
  return std::unique_ptr<Appliance>(new Appliance(std::move(parts)));
}

std::uint16_t Appliance::port() const {
  return parts_->net.port();
}

Result<std::string> Appliance::reload() {
  return parts_->reload();
}

void Appliance::stop() {
  if (parts_->stopped.exchange(true)) return;
  if (parts_->local) parts_->local->stop();
  parts_->housekeeper.stop();
  parts_->watches.end_checks();
  parts_->net.stop(kDrain);
  parts_->core.end_answers();
  submit_summaries(parts_->core, true);
  submit_server_record(parts_->core.writer, audit::Type::server_stopped);
  commands::submit_sign_head(parts_->core.services, parts_->core.batch);
  parts_->core.writer.finish();
  parts_->core.indexer.stop();
  parts_->watches.stop_copies();
  parts_->kept_head.stop();
  parts_->core.writer.stop();
}

}  // namespace wardroom::app
