#include "server/app/housekeeper.hpp"

#include "common/base/log.hpp"
#include "server/app/setup_code.hpp"
#include "server/app/watches.hpp"
#include "server/audit/log.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/reserve.hpp"
#include "server/store/devices.hpp"

namespace wardroom::app {
namespace {

constexpr std::chrono::days kDeviceMemory{180};

class ServerRecordJob final : public store::WriteJob {
 public:
  explicit ServerRecordJob(audit::Record record) : record_(std::move(record)) {}
  Result<void> run(store::WriteTx& tx) override {
    audit::append_record(tx, record_);
    return ok();
  }
  void finished(const Result<void>& outcome) noexcept override {
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
    core_.failures.flush(tx);
    core_.denials.flush(tx, all_);
    return ok();
  }
  void finished(const Result<void>&) noexcept override {}
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
  parts_.core.each_second();
  parts_.watches.each_second(second);
  if (second % 10 == 0 && ops::Reserve(parts_.dir.reserve()).fill()) parts_.core.writer.end_saving();
  if (second % 60 == 0) {
    submit_summaries(parts_.core, false);
    parts_.core.services.cleaner.retry();
    submit_setup_code(parts_.core.writer, parts_.dir);
  }
  if (second % 3600 == 1) {
    renew_certificate();
    forget_devices();
    commands::submit_retention(parts_.core.services, parts_.core.batch);
  }
}

// A device that wasn't used for half a year is one that signs in for the first time.
void Housekeeper::forget_devices() {
  class Job final : public store::WriteJob {
    Result<void> run(store::WriteTx& tx) override {
      store::delete_old_devices(tx.db, tx.trusted - kDeviceMemory);
      return ok();
    }
    void finished(const Result<void>&) noexcept override {}
  };
  parts_.core.writer.submit(std::make_unique<Job>());
}

void Housekeeper::renew_certificate() {
  const auto info = ops::load_certificate_info(parts_.dir.server_certificate());
  const TimePoint now = parts_.core.services.clock.trusted();
  // A company's own certificate, or a CA key that was moved off the machine: nothing that could be renewed
  // here.
  std::error_code missing;
  if (!std::filesystem::exists(parts_.dir.ca_key(), missing) || !info || !ops::is_due_for_renewal(*info, now))
    return;
  std::vector<ops::HostName> hosts;
  for (const auto& text : parts_.hosts)
    if (auto host = ops::parse_host(text)) hosts.push_back(std::move(*host));
  auto renewed = ops::issue_certificate(parts_.dir, hosts, now);
  if (renewed) renewed = parts_.net.reload_certificate();
  if (renewed) {
    spdlog::info("certificate.renewed");
    submit_server_record(parts_.core.writer, audit::Type::certificate_renewed);
  } else {
    spdlog::error("certificate.renewal_failed days_left={} message=\"{}\"", ops::days_left(*info, now),
                  renewed.error().message);
    submit_server_record(parts_.core.writer, audit::Type::certificate_failed, renewed.error().message,
                         audit::Outcome::error);
  }
}

}  // namespace wardroom::app
