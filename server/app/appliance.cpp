#include "server/app/appliance.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <optional>
#include <thread>

#include "common/base/disk_room.hpp"
#include "common/base/log.hpp"
#include "protocol/codec.hpp"
#include "protocol/events.hpp"
#include "server/app/announcer.hpp"
#include "server/app/backup_job.hpp"
#include "server/app/backup_worker.hpp"
#include "server/app/core.hpp"
#include "server/app/diagnosis.hpp"
#include "server/app/gauged_figures.hpp"
#include "server/app/housekeeper.hpp"
#include "server/app/local_question.hpp"
#include "server/app/local_socket.hpp"
#include "server/app/metrics_token.hpp"
#include "server/app/office_check.hpp"
#include "server/app/office_hosts.hpp"
#include "server/app/opening.hpp"
#include "server/app/options_record.hpp"
#include "server/app/pages.hpp"
#include "server/app/part_options.hpp"
#include "server/app/served_certificates.hpp"
#include "server/app/served_settings.hpp"
#include "server/app/setup_code.hpp"
#include "server/app/watches.hpp"
#include "server/app/web_pages.hpp"
#include "server/commands/audit/sign_head.hpp"
#include "server/net/server.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/kept_head.hpp"
#include "server/ops/reserve.hpp"
#include "server/store/clock_state.hpp"
#include "server/store/database.hpp"

namespace wardroom::app {
namespace {

constexpr std::chrono::milliseconds kDrain{2000};

constexpr std::chrono::minutes kClockKept{1};

void show_last_backup(const LastBackup& last, Figures& figures) {
  figures.backup_failed = last.failed;
  if (last.verified) figures.backup_verified = to_unix_ms(*last.verified);
}

// For who asks on this machine; nobody is refused for want of it. One of before would be wrong.
void write_port(const ops::DataDir& dir, std::uint16_t port) {
  const auto file = dir.run() / "port";
  const std::string text = std::to_string(port) + "\n";
  if (const auto kept = ops::read_small_file(file); kept && *kept == text) return;
  const auto written = ops::write_durably(file, text, 0600);
  if (written) return;
  std::error_code unknown;
  std::filesystem::remove(file, unknown);
  spdlog::error("server.port_not_written message=\"{}\"", written.error().message);
}

// What no head covered may be anybody's who can write the database: how much it was stays in the log.
audit::Record started_record(const Opened& opened) {
  audit::Record record{.type = audit::Type::server_started};
  record.after = {{"taken_up", opened.taken_up}};
  if (opened.taken_up == 0) return record;
  record.after.add("first", opened.first_taken_up);
  spdlog::warn("audit.records_taken_up records={} from={}", opened.taken_up, opened.first_taken_up);
  return record;
}

}  // namespace

// Declared in the order of dependence: each part uses only those above it, and is gone before them.
struct Appliance::Parts {
  Parts(const ops::DataDir& d, const Options& o, std::unique_ptr<TrustedClock> c, ops::DirLock l,
        Core::Stored stored, const ops::Rotation& authority)
      : dir(d),
        clock(std::move(c)),
        lock(std::move(l)),
        settings(
            dir, o,
            [this](const Options& wanted, const std::optional<ops::HostName>& added,
                   const ServedSettings::TakeUp& take_up) { return change_hosts(wanted, added, take_up); },
            [this](const Options& running) { serve_with(running); }),
        core(*clock, std::move(stored),
             {.writer = {o.store.writer_group, o.store.writer_queue},
              .hashing = {o.hashing.threads, o.hashing.queue, o.hashing.queue_per_address,
                          to_settings(o, authority).member_cost},
              .refusal = o.sign_in.refusal_ms},
             to_settings(o, authority),
             [this](const realtime::PageRequest& request) { return answer_page(request, gauges(), web); }),
        net(to_net_options(dir, o), core.dispatcher, *clock),
        watches({core.services, core.batch, *clock, dir.database(),
                 [root = dir.root] { return ops::measure_disk(root); }},
                o),
        housekeeper(
            {core, net, dir, watches, figures, certificates, [this] { return compose_metrics(gauges()); }},
            Pulse(loops())) {
    core.services.certificates = &certificates;
    core.services.figures = &live_figures;
    core.services.server_settings = &settings;
    core.services.backups = &backups;
  }

  // Readers and the writer ask `certificates`, `settings` and `backups`, and those the network.
  ~Parts() {
    core.end_answers();
    core.writer.finish();
  }

  Gauges gauges() const {
    return {net,
            core.writer,
            core.dispatcher,
            core.presence,
            core.hashing,
            *clock,
            figures,
            *core.readers,
            core.hub,
            core.failures,
            metrics_token,
            watches.check_status(),
            std::max(core.services.heads.trouble(), kept_head.trouble()),
            watches.late_copies(),
            core.files ? core.files->scanner() : commands::ScannerState{}};
  }

  // The certificate is another one, and is served from the next connection on.
  Result<void> serve_certificate() {
    auto loaded = net.reload_certificate();
    if (!loaded) return loaded;
    housekeeper.look_soon();
    web.take_up_trust();
    return loaded;
  }

  // One that is over: whoever brought the authority's key back reloads, and has another.
  Result<void> issue_if_over(const Options& wanted, std::string& told) {
    bool is_new = false;
    auto done = certificates.change([&]() -> Result<void> {
      const auto issued = issue_where_missing(dir, wanted, clock->trusted());
      if (!issued) return issued.error();
      is_new = *issued;
      return ok();
    });
    if (!is_new) return done;
    submit_server_record(core.writer, certificate_record(dir));
    told += "A certificate was issued: the one of before was missing, or out of its time.\n";
    return ok();
  }

  // As a client sees them, before anybody is served with them. What stands in the way of neither is in
  // `told`.
  Result<void> check_served(const Options& wanted, std::string& told) {
    for (const auto& finding : check_certificates(dir, wanted, clock->trusted())) {
      if (finding.refused || finding.error.reason == "certificate_dates") return finding.error;
      spdlog::warn("server.finding reason={} message=\"{}\"", finding.error.reason, finding.error.message);
      told += finding.error.message + "\n";
    }
    return ok();
  }

  // Hosts that an administrator sets from afar: a name that clients refuse would lock out everybody who can
  // take it back, so the one that is added is in the certificate first. No renewal for the hosts of before
  // comes between.
  Result<void> change_hosts(const Options& wanted, const std::optional<ops::HostName>& added,
                            const ServedSettings::TakeUp& take_up) {
    return certificates.change([&]() -> Result<void> {
      if (added) {
        auto done = certify_host(dir, net.hosts(), *added, clock->trusted());
        if (done) done = certificates.serve();
        if (!done) return done;
      }
      std::string told;
      if (auto served = check_served(wanted, told); !served) return served;
      for (const auto& host : wanted.server.hosts)
        if (auto named = ops::check_served_name(dir, host); !named) return named;
      return take_up();
    });
  }

  // What the option table says that a reload takes up. Not a network thread.
  void serve_with(const Options& running) {
    net.set_hosts(running.server.hosts);
    web.take_up(running);
    set_log_level(running.log.level);
    core.services.settings.update([&](commands::Settings& next) { take_up_options(running, next); });
    announcer.take_up(running);
  }

  Result<std::string> reload() {
    std::string text;
    const auto file = settings.take_up([&](const Options& wanted) {
      auto ready = certificates.change(
          [&] { return ops::settle_rotation(dir, parsed_hosts(wanted.server.hosts), clock->trusted()); });
      if (ready) ready = issue_if_over(wanted, text);
      if (ready) ready = check_served(wanted, text);
      if (ready) ready = certificates.change([&] { return certificates.serve(); });
      if (ready) ready = record_authority();
      return ready;
    });
    if (!file) return file.error();
    submit_options_record(core.writer, [this] { return settings.file(); });
    housekeeper.look_soon();
    spdlog::info("server.reloaded");
    web.read_anew();
    if (const auto problem = web.problem(); !problem.empty()) text += problem + "\n";
    if (const auto problem = announcer.problem(); !problem.empty()) text += problem + "\n";
    const auto waiting = options_that_wait(settings.running(), *file);
    return text + (waiting.empty() ? "" : "These options take effect at the next start: " + waiting + ".\n");
  }

  // A step was done, or its files were put in from where the key is.
  Result<void> record_authority() {
    const auto rotation = ops::load_rotation(dir);
    if (!rotation) return rotation.error();
    submit_authority_record(core.writer, core.services.settings, *rotation);
    return ok();
  }

  // What `wardroomd authority` asks for. Once its files are changed, nothing else that a reload looks at
  // keeps the step from being recorded and served.
  Result<std::string> change_authority(AuthorityStep step) {
    const auto hosts = net.hosts();
    const auto changed = certificates.change([&]() -> Result<void> {
      if (auto taken = take_authority_step(dir, step, parsed_hosts(hosts), clock->trusted()); !taken)
        return taken;
      if (auto recorded = record_authority(); !recorded) return recorded;
      return certificates.serve();
    });
    if (!changed) return changed.error();
    spdlog::info("server.authority_changed step={}", protocol::enum_name(step));
    auto told = reload();
    if (told) return told;
    return "This step is done and served. The reload that comes after it isn't; put this right, then "
           "reload: " +
           told.error().message + "\n";
  }

  // How the file differs from what runs.
  Result<std::string> compare_options() {
    const auto file = load_options(dir.config());
    if (!file) return file.error();
    return describe_changes(settings.running(), *file);
  }

  // What `wardroomd hosts add` asks for.
  Result<std::string> add_host(const std::string& host) {
    const auto changed = settings.write([&]() -> Result<Options> {
      std::optional<Options> added;
      const auto done = certificates.change([&]() -> Result<void> {
        auto made = add_office_host(dir, host, clock->trusted());
        if (!made) return made.error();
        added = *std::move(made);
        return ok();
      });
      if (!done) return done.error();
      return *std::move(added);
    });
    if (!changed) return changed.error();
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
            [this](AuthorityStep step) { return change_authority(step); },
            [this] { return compare_options(); },
            [this] { return compose_metrics(gauges()); },
            [this] { return describe_alarms(live_figures.load().alarms); },
            [this] { return net.shown_certificates(); },
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
  const std::unique_ptr<TrustedClock> clock;
  std::optional<SteadyPoint> clock_kept_at;  // writer thread
  std::chrono::milliseconds clock_apart{};   // writer thread
  std::atomic<bool> stopped{false};          // the writer thread reads it to the end
  const ops::DirLock lock;
  ServedSettings settings;
  Figures figures;
  GaugedFigures live_figures{[this] { return gauges(); }};
  ServedCertificates certificates{dir, [this] { return net.hosts(); }, [this] { return serve_certificate(); },
                                  [this] { return net.shown_certificates(); }};
  WebPages web{dir};
  const std::optional<Digest> metrics_token{prepare_metrics_token(dir)};
  Core core;
  BackupWorker backups{dir, core.writer, figures, *clock};
  ops::KeptHead kept_head{dir};
  net::Server net;
  Announcer announcer{dir, core.services.settings};
  Watches watches;
  Housekeeper housekeeper;
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
  // A disk that is full costs writing, not reading: what was kept for this is enough to start with, and where
  // there is nothing any more, the office is read as it lies there.
  const ops::Reserve reserve(dir.reserve());
  bool is_full = !has_room(dir.root, ops::kStartBytes) && reserve.release();
  const auto issued = check_before_start(dir, options, clock);
  if (!issued) return issued.error();
  std::error_code why;
  std::filesystem::remove_all(dir.rehearsal(), why);  // what a crash left
  auto seal = credentials::Seal::load(dir.seal_key());
  if (!seal) return seal.error();
  const auto authority = ops::load_rotation(dir);
  if (!authority) return authority.error();
  auto opened = open_store(dir, options, clock);
  if (!opened && opened.error().reason == "disk_full" && reserve.release()) {
    is_full = true;
    opened = open_store(dir, options, clock);
  }
  if (!opened && opened.error().reason == "disk_full") opened = open_store_to_read(dir, options, clock);
  if (!opened) return opened.error();

  auto parts = std::make_unique<Parts>(
      dir, options, std::move(opened->clock), std::move(*lock),
      Core::Stored{std::move(opened->db), std::move(opened->readers), std::move(opened->search.readers),
                   std::move(opened->search.index), std::move(opened->signer), std::move(*seal),
                   opened->epoch, std::move(opened->files)},
      *authority);
  Core& core = parts->core;
  if (opened->reads_only) {
    spdlog::error("store.disk_full writes=none reads=served");
    core.writer.begin_reading_only();
  } else if (is_full) {
    spdlog::error("store.disk_full writes=refused reads=served");
    core.writer.begin_saving();
  } else {
    reserve.fill();
  }
  show_last_backup(opened->last_backup, parts->figures);
  parts->backups.note_unsound(opened->last_backup.unsound);
  core.start(
      parts->loops(), [p = parts.get()](store::WriteTx& tx) { p->keep_clock(tx.db); },
      [reserve] { return reserve.release(); });
  parts->web.take_up(options);
  if (auto started = parts->net.start(); !started) return started.error();
  const std::uint16_t port = parts->net.port();
  if (options.server.port == 0)  // any free one was asked for: tests
    core.services.settings.update([&](commands::Settings& bound) { bound.link_port = port; });
  write_port(dir, port);
  parts->announcer.take_up(options);
  // Else a server that is stopped within its first second would take the jump with it.
  parts->watches.look_at_clock();
  if (opened->crashed) submit_server_record(core.writer, audit::Type::server_recovered);
  submit_server_record(core.writer, started_record(*opened));
  if (*issued) submit_server_record(core.writer, certificate_record(dir));
  submit_options_record(core.writer, [p = parts.get()] { return p->settings.file(); });
  submit_authority_record(core.writer, core.services.settings, *authority);
  submit_setup_code(core.writer, dir);
  if (!opened->reads_only) {
    parts->kept_head.start();
    core.indexer.start();
    parts->watches.start();
  }
  parts->housekeeper.start();
  auto local = LocalSocket::open(dir.socket(), [p = parts.get()](const std::string& line) {
    return answer_local(p->local_parts(), line);
  });
  if (local)
    parts->local = std::move(*local);
  else if (!opened->reads_only)
    return local.error();
  else  // it needs an entry in run/
    spdlog::error("local.not_opened message=\"{}\"", local.error().message);
  return std::unique_ptr<Appliance>(new Appliance(std::move(parts)));
}

std::uint16_t Appliance::port() const {
  return parts_->net.port();
}

bool Appliance::reads_only() const {
  return parts_->core.writer.reads_only();
}

bool Appliance::has_room_again() const {
  return reads_only() && has_room(parts_->dir.root, ops::kStartBytes);
}

Result<std::string> Appliance::reload() {
  return parts_->reload();
}

void Appliance::stop() {
  if (parts_->stopped.exchange(true)) return;
  if (parts_->local) parts_->local->stop();
  parts_->announcer.stop();
  parts_->housekeeper.stop();
  parts_->watches.end_checks();
  parts_->backups.stop();
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
