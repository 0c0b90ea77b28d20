#include "server/app/housekeeper.hpp"

#include <utility>

#include "common/base/log.hpp"
#include "server/app/authority.hpp"
#include "server/app/forgetting.hpp"
#include "server/app/office_hosts.hpp"
#include "server/app/served_certificates.hpp"
#include "server/app/setup_code.hpp"
#include "server/app/watches.hpp"
#include "server/audit/log.hpp"
#include "server/commands/file/expire.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/disk_watch.hpp"
#include "server/ops/reserve.hpp"
#include "server/ops/service_notice.hpp"

namespace wardroom::app {
namespace {

class ServerRecordJob final : public store::WriteJob {
 public:
  explicit ServerRecordJob(audit::Record record) : record_(std::move(record)) {}
  Result<void> run(store::WriteTx& tx) override {
    audit::append_record(tx, record_);
    return ok();
  }
  void finished(const Result<void>& outcome) override {
    if (!outcome) spdlog::error("audit.record_failed type={}", audit::catalogue_row(record_.type).name);
  }
  bool is_vital() const override { return true; }

 private:
  audit::Record record_;
};

class SummariesJob final : public store::WriteJob {
 public:
  SummariesJob(Core& core, bool all) : core_(core), all_(all) {}
  Result<void> run(store::WriteTx& tx) override {
    core_.failures.flush(tx, all_);
    core_.denials.flush(tx, all_);
    return ok();
  }
  void finished(const Result<void>&) override {}
  bool is_vital() const override { return true; }

 private:
  Core& core_;
  const bool all_;
};

}  // namespace

void submit_server_record(store::Writer& writer, audit::Type type, std::string reason,
                          audit::Outcome outcome) {
  submit_server_record(writer, audit::Record{.type = type, .outcome = outcome, .reason = std::move(reason)});
}

void submit_server_record(store::Writer& writer, audit::Record record) {
  writer.submit(std::make_unique<ServerRecordJob>(std::move(record)));
}

void submit_summaries(Core& core, bool all) {
  core.writer.submit(std::make_unique<SummariesJob>(core, all));
}

Housekeeper::Housekeeper(Parts parts, Pulse pulse)
    : parts_(std::move(parts)),
      pulse_(std::move(pulse)),
      samples_(samples_file(parts_.dir)),
      certificate_(
          {parts_.dir, parts_.certificates, parts_.figures,
           [this] { return parsed_hosts(parts_.net.hosts()); },
           [this](audit::Record record) { submit_server_record(parts_.core.writer, std::move(record)); }}) {}

void Housekeeper::start() {
  thread_ = std::thread([this] { run_thread(); });
}

void Housekeeper::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Housekeeper::run_thread() {
  using std::chrono::seconds;
  for (std::uint64_t second = 1;; ++second) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, seconds{1}, [&] { return stopping_; })) return;
    }
    try {
      run_second(second);
    } catch (const std::exception& e) {  // no memory: the next second tries again
      spdlog::error("housekeeper.threw what=\"{}\"", e.what());
    }
  }
}

void Housekeeper::run_second(std::uint64_t second) {
  second_ = second;
  if (pulse_.beat()) ops::tell_alive();
  parts_.core.each_second();
  parts_.watches.each_second(second);
  parts_.figures.disk_low = parts_.watches.disk_is_low();
  if (second % 10 == 0 && ops::Reserve(parts_.dir.reserve()).fill()) parts_.core.writer.end_saving();
  if (second % 60 == 0) {
    submit_summaries(parts_.core, false);
    parts_.core.services.cleaner.retry();
    submit_setup_code(parts_.core.writer, parts_.dir);
  }
  if (second % 60 == 1) measure();
  if (second % 60 == 2) keep_sample();
  // An office that was off for months has a certificate that ended: it waits for the clock, not for the hour.
  const bool doubts = parts_.core.services.clock.doubt().count() != 0;
  if (std::exchange(doubted_, doubts) && !doubts) look_soon();
  if (second % 3600 == 1 || looks_soon_.exchange(false)) look_at_certificate();
  if (second % 3600 == 1) {
    submit_forgetting(parts_.core.writer);
    commands::submit_retention(parts_.core.services, parts_.core.batch);
    commands::submit_unposted_ends(parts_.core.services, parts_.core.batch);
  }
}

void Housekeeper::look_at_certificate() {
  const TimePoint now = parts_.core.services.clock.trusted();
  end_rotation(now);
  certificate_.look(now, std::chrono::seconds{second_});
}

void Housekeeper::end_rotation(TimePoint now) {
  bool has_ended = false;
  const auto done = parts_.certificates.change([&]() -> Result<void> {
    const auto before = ops::load_rotation(parts_.dir);
    if (!before || !ops::is_word_over(*before, now)) return ok();
    if (auto settled = ops::settle_rotation(parts_.dir, parsed_hosts(parts_.net.hosts()), now); !settled)
      return settled;
    has_ended = true;
    return parts_.certificates.serve();
  });
  if (!done) spdlog::error("server.authority_retire_failed message=\"{}\"", done.error().message);
  const auto rotation = ops::load_rotation(parts_.dir);
  if (!has_ended || !rotation) return;
  spdlog::warn("server.authority_retired reason=the_old_one_ends");
  submit_authority_record(parts_.core.writer, parts_.core.services.settings, *rotation);
}

void Housekeeper::keep_sample() {
  const auto kept = samples_.add(parts_.metrics(), parts_.core.services.clock.now());
  if (!kept) spdlog::debug("metrics.sample_lost message=\"{}\"", kept.error().message);
}

void Housekeeper::measure() {
  std::error_code unknown;
  Figures& figures = parts_.figures;
  const auto size_of = [&](const std::filesystem::path& file) -> std::uint64_t {
    const auto bytes = std::filesystem::file_size(file, unknown);
    return unknown ? 0 : bytes;
  };
  figures.database_bytes = size_of(parts_.dir.database());
  figures.wal_bytes = size_of(parts_.dir.database().string() + "-wal");
  if (const auto disk = ops::measure_disk(parts_.dir.root)) figures.free_bytes = disk->free_bytes;
}

}  // namespace wardroom::app
