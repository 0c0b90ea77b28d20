#pragma once

#include <cstdint>

#include "admin/model/props/console.hpp"
#include "admin/model/state.hpp"

namespace wardroom::admin {

PeopleProps select_people(const State& state);
AuditProps select_audit(const State& state);
ModerationProps select_moderation(const State& state);
SessionsProps select_sessions(const State& state);
RoomsProps select_rooms(const State& state);
ImportsProps select_imports(const State& state);
RetentionProps select_retention(const State& state);
AnnounceProps select_announce(const State& state);
CertificatesProps select_certificates(const State& state);
SettingsProps select_settings(const State& state);
BackupsProps select_backups(const State& state);
OverviewProps select_overview(const State& state);
// How many alarms stand; empty: none.
std::string alarm_badge(const State& state);
desk::LogAlarmProps select_log_alarm(const State& state);
WatchCardProps select_watch_card(const State& state);

// Makes the window's props out of the state, again only when something in it changed.
class ConsoleSelector {
 public:
  const ConsoleProps& select(const State& state);

 private:
  ConsoleProps props_;
  std::uint64_t revision_ = 0;
};

}  // namespace wardroom::admin
