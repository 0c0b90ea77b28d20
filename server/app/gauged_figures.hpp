#pragma once

#include <functional>
#include <vector>

#include "common/base/histogram.hpp"
#include "server/app/pages.hpp"
#include "server/audit/head_state.hpp"
#include "server/commands/admin/live_figures.hpp"
#include "server/ops/authority_rotation.hpp"

namespace wardroom::app {

// What alarms are made of. Nothing: not known.
struct Condition {
  TimePoint now;
  store::Writer::Health health = store::Writer::Health::ok;
  bool disk_low = false;
  std::uint64_t free_bytes = 0;
  std::optional<TimePoint> certificate_ends;  // or of one between it and the authority, which ends before
  std::string certificate_between;            // the name of that one
  bool certificate_not_served = false;        // the file holds another one
  bool certificate_renews = false;            // by itself
  std::optional<TimePoint> authority_ends;    // or the one before, while that is still shown
  ops::RotationPhase rotation_phase = ops::RotationPhase::none;
  std::optional<TimePoint> backup_verified_at;
  bool backup_failed = false;
  bool recheck_failed = false;
  audit::HeadTrouble head_trouble = audit::HeadTrouble::none;
  LateCopies late_copies;
  bool scanner_fails = false;
  std::optional<TimePoint> infected_at;  // the last file in which the virus scanner found something
  std::optional<std::int64_t> findings;  // of the last check
  std::chrono::milliseconds clock_doubt{};
};
// Worst first, each with what to do.
std::vector<protocol::ServerAlarm> compose_alarms(const Condition& condition);

std::vector<protocol::AcknowledgedWithin> compose_acknowledged(const Histogram::Counts& times);

// The server's gauges for administrators. What `gauges` refers to outlives it.
class GaugedFigures final : public commands::LiveFigures {
 public:
  explicit GaugedFigures(std::function<Gauges()> gauges) : gauges_(std::move(gauges)) {}
  protocol::AdminStats::Result load() const override;

 private:
  const std::function<Gauges()> gauges_;
};

}  // namespace wardroom::app
