#pragma once

#include <memory>
#include <optional>

#include "common/base/trusted_clock.hpp"
#include "server/app/figures.hpp"
#include "server/app/integrity_check.hpp"
#include "server/app/options.hpp"
#include "server/commands/services.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/disk_watch.hpp"
#include "server/ops/heads_file.hpp"
#include "server/ops/syslog_forwarder.hpp"

namespace wardroom::app {

// What the server watches about itself and its log: the clock each second, the disk and sessions' ends each
// minute, the log's heartbeat every ten, the integrity of the database each day (audit.check_hours); the
// index of the log's texts; copies of records and heads elsewhere. The housekeeper's thread calls
// each_second(). What it works with outlives it.
class Watches {
 public:
  struct Parts {
    commands::Services& services;
    commands::GroupBatch& batch;
    TrustedClock& clock;
    std::filesystem::path database;
    ops::DiskWatch::Measure measure_disk;
  };
  Watches(Parts parts, const Options& options);

  void start();
  // `second` counts from 1.
  void each_second(std::uint64_t second);
  // A record of each jump of the clock since it was looked at last, before what is written by it. Also in
  // each_second(); before start(), of the one between a stop and this start.
  void look_at_clock();
  // As of the last minute. The thread of each_second().
  bool disk_is_low() const { return disk_.is_low(); }
  void end_checks() { integrity_.stop(); }
  CheckStatus check_status() const { return integrity_.status(); }
  // Any thread.
  LateCopies late_copies() const;
  // The second in which the next check begins. The thread of each_second().
  std::uint64_t next_check() const { return next_check_; }
  // Once the log's last record and head are durable: sends them where the others went.
  void stop_copies();

  // The heartbeat's and the minute's turns of each_second().
  static constexpr std::uint64_t kMinute = 60, kHeartbeat = 600;
  // The first check of integrity waits until a busy morning's start is over.
  static constexpr std::uint64_t kFirstCheck = 610;

 private:
  void look_at_disk();
  void begin_check_when_due(std::uint64_t second);

  Parts parts_;
  ops::DiskWatch disk_;
  const std::uint64_t between_checks_;  // seconds
  std::uint64_t next_check_ = kFirstCheck;
  IntegrityCheck integrity_;
  std::optional<ops::SyslogForwarder> syslog_;
  std::optional<ops::HeadsFile> heads_file_;
};

}  // namespace wardroom::app
