#include "server/app/watches.hpp"

#include "common/base/log.hpp"
#include "server/app/housekeeper.hpp"
#include "server/audit/kept_clock.hpp"
#include "server/commands/audit/index_texts.hpp"
#include "server/commands/session/expire.hpp"

namespace wardroom::app {
namespace {

// "collector.example:6514" or "[2001:db8::7]:6514", which the options have checked.
ops::TlsSender::Peer to_collector(const AuditOptions& options) {
  const auto colon = options.syslog.rfind(':');
  std::string host = options.syslog.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return {host, options.syslog.substr(colon + 1), options.syslog_ca};
}

audit::Record describe_crossing(const ops::DiskWatch::Crossing& crossing) {
  audit::Record record{.type = audit::Type::disk_low};
  if (crossing.low) record.outcome = audit::Outcome::failure;
  record.after = {
      {"low", crossing.low}, {"free_bytes", crossing.space.free_bytes}, {"least_bytes", crossing.least}};
  return record;
}

}  // namespace

Watches::Watches(Parts parts, const Options& options)
    : parts_(std::move(parts)),
      disk_(parts_.measure_disk, options.store.disk_low_percent),
      between_checks_(static_cast<std::uint64_t>(std::chrono::seconds(options.audit.check_hours).count())),
      integrity_(parts_.database, parts_.services.writer, parts_.clock, options.audit.check_share) {
  const AuditOptions& audit = options.audit;
  if (!audit.syslog.empty())
    syslog_.emplace(ops::SyslogForwarder::Settings{to_collector(audit), options.server.hosts.front()},
                    parts_.database, parts_.services.writer);
  if (!audit.heads_file.empty()) heads_file_.emplace(audit.heads_file, parts_.database);
}

void Watches::start() {
  integrity_.load_last();
  // A restart doesn't put the next one off, nor bring it forward by much.
  if (const auto age = integrity_.status().age)
    next_check_ = std::max(
        kFirstCheck, between_checks_ - std::min(between_checks_, static_cast<std::uint64_t>(age->count())));
  if (syslog_) syslog_->start();
  if (heads_file_) heads_file_->start();
}

void Watches::each_second(std::uint64_t second) {
  look_at_clock();
  commands::submit_text_index(parts_.services);
  if (second % kMinute == 1) {
    if (const auto doubt = parts_.clock.doubt(); doubt.count() != 0)
      spdlog::warn("server.clock_not_believed by_ms={} nothing=expires_by_it", doubt.count());
    look_at_disk();
    commands::submit_expiry(parts_.services, parts_.batch);
  }
  if (second % kHeartbeat == 0) submit_server_record(parts_.services.writer, audit::Type::audit_heartbeat);
  begin_check_when_due(second);
}

// By seconds that have passed, not by the wall's clock, which somebody may set.
void Watches::begin_check_when_due(std::uint64_t second) {
  if (second < next_check_) return;
  next_check_ = second + between_checks_;
  // What it finds is a record, and it would be the only one to open the database for more than reading it as
  // it is.
  if (!parts_.services.writer.reads_only()) integrity_.begin();
}

void Watches::stop_copies() {
  if (syslog_) syslog_->stop();
  if (heads_file_) heads_file_->stop();
}

LateCopies Watches::late_copies() const {
  return {syslog_ && syslog_->is_late(), heads_file_ && heads_file_->is_late()};
}

void Watches::look_at_clock() {
  for (const auto& jump : parts_.clock.take_jumps()) {
    spdlog::warn("server.clock_jump by_ms={} restart={}", jump.by.count(), jump.restart);
    submit_server_record(parts_.services.writer, audit::clock_jump_record(jump));
  }
}

void Watches::look_at_disk() {
  const auto crossing = disk_.look();
  if (!crossing) return;
  spdlog::warn("server.disk low={} free_bytes={}", crossing->low, crossing->space.free_bytes);
  submit_server_record(parts_.services.writer, describe_crossing(*crossing));
}

}  // namespace wardroom::app
