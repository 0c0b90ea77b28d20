#include "server/app/gauged_figures.hpp"

#include <algorithm>

namespace wardroom::app {
namespace {

using protocol::ServerAlarm;
using Health = store::Writer::Health;

// One that the server renews has been due for it since its 30th day; one that nothing renews is somebody's
// task from then on. `wardroomd check` speaks at the same times.
constexpr std::chrono::days kRenewalFailed{14}, kRenewByHand{30};
constexpr std::chrono::days kBackupOld{2};
constexpr std::chrono::minutes kClockDoubted{1};

std::string days_text(std::chrono::milliseconds span) {
  const auto days = std::chrono::floor<std::chrono::days>(span).count();
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

void add_disk(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (c.health == Health::disk_full)
    alarms.push_back(
        {"disk_full", true,
         "The disk is full: nothing can be written, only read. Make room where the data directory "
         "lies; the server goes on by itself."});
  if (c.health == Health::failed)
    alarms.push_back(
        {"disk_failed", true,
         "The disk failed: nothing can be written. Look at the machine's log, fix or replace the "
         "disk, then restart the server, from a backup if need be."});
  if (c.health == Health::ok && c.disk_low)
    alarms.push_back(
        {"disk_low", false,
         "The disk of the data directory is nearly full: " + std::to_string(c.free_bytes >> 20) +
             " MiB are free. Once it is full, nobody can post. Make room on it before, or move the "
             "backups elsewhere (backup.folder); store.disk_low_percent says from when on this is "
             "said."});
}

// One that vouches for the server's: no renewal helps.
void add_between(std::vector<ServerAlarm>& alarms, const Condition& c) {
  const auto left = *c.certificate_ends - c.now;
  if (left > kRenewByHand) return;
  const bool is_over = left.count() <= 0;
  alarms.push_back({is_over ? "certificate_expired" : "certificate_expiring", left <= kRenewalFailed,
                    "\"" + c.certificate_between + "\", which vouches for the server's certificate, " +
                        (is_over ? "has expired, and programs that connect now refuse the server."
                                 : "holds for " + days_text(left) + ", and clients refuse the server then.") +
                        " Have who issued it give you the certificates that follow; put them in on the "
                        "server, in tls/server.crt, then: systemctl reload wardroomd"});
}

void add_certificate(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (c.certificate_not_served)
    alarms.push_back({"certificate_not_served", true,
                      "tls/server.crt holds other certificates than those that are served, which go on until "
                      "the server takes these up. On the server: systemctl reload wardroomd, which says what "
                      "is in the way"});
  if (!c.certificate_ends) return;
  if (!c.certificate_between.empty()) return add_between(alarms, c);
  const auto left = *c.certificate_ends - c.now;
  if (left.count() <= 0)
    alarms.push_back({"certificate_expired", true,
                      "The server's certificate has expired, and programs that connect now refuse it. On the "
                      "server: bring keys/ca.key back, or put a new tls/server.crt there; then: systemctl "
                      "reload wardroomd"});
  else if (c.certificate_renews && left <= kRenewalFailed)
    alarms.push_back({"certificate_expiring", true,
                      "The server's certificate holds for " + days_text(left) +
                          " only, and was not renewed. The page Certificates says why."});
  else if (!c.certificate_renews && left <= kRenewByHand)
    alarms.push_back({"certificate_expiring", left <= kRenewalFailed,
                      "The server's certificate holds for " + days_text(left) +
                          ", and nothing renews it: keys/ca.key isn't on the server. Make another one where "
                          "the key is (certs/make-ca.sh renew), and put it in with: wardroomctl certificate "
                          "replace FILE"});
}

void add_authority(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (!c.authority_ends || *c.authority_ends - c.now > ops::kAuthorityAlarm) return;
  const auto left = *c.authority_ends - c.now;
  const std::string in = days_text(std::max(left, std::chrono::milliseconds{}));
  std::string text;
  switch (c.rotation_phase) {
    case ops::RotationPhase::none:
      text = "The office's certificate authority ends in " + in +
             ", and every PC refuses the server from then on. Rotate it before: wardroomd authority rotate";
      break;
    case ops::RotationPhase::announced:
      text = "The office's certificate authority ends in " + in +
             ", and every PC refuses the server from then on. The next one is announced; let it issue "
             "before: wardroomd authority finish";
      break;
    case ops::RotationPhase::switched:
      text = "The old certificate authority's word for the new one ends in " + in +
             ". PCs that haven't connected since it was announced are refused from then on and need a new "
             "link. When nobody is left: wardroomd authority retire. The server does it by itself at the end";
      break;
  }
  alarms.push_back({"authority_expiring", left <= kRenewalFailed, std::move(text)});
}

void add_backup(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (c.recheck_failed)
    alarms.push_back(
        {"backup_damaged", true,
         "A backup wasn't sound when it was verified or its restore rehearsed. The page Backups, or "
         "wardroomctl backup list, says which and why. Look at the disk that they lie on, and make "
         "another one now."});
  if (c.backup_failed)
    alarms.push_back({"backup_failed", true,
                      "The last backup failed. The log says why (audit, server.backup_created). Make one now "
                      "on the page Backups, or with: wardroomctl backup run"});
  else if (!c.backup_verified_at)
    alarms.push_back({"backup_missing", false,
                      "There is no backup that was checked. Make one now on the page Backups, or with: "
                      "wardroomctl backup run. Each night: systemctl enable --now wardroom-backup.timer"});
  else if (c.now - *c.backup_verified_at > kBackupOld)
    alarms.push_back({"backup_old", false,
                      "The newest backup that was checked is " + days_text(c.now - *c.backup_verified_at) +
                          " old. Look on the server at: systemctl status wardroom-backup.timer"});
}

void add_heads(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (c.head_trouble == audit::HeadTrouble::differs)
    alarms.push_back(
        {"log_differs", true,
         "The audit log in wardroom.db isn't the one that the server wrote: somebody changed it from outside "
         "while the server ran, and no head is signed for it. Keep the files as they are and tell your "
         "auditor. On the server, journalctl -u wardroomd and wardroomd check --data DIR say more. This "
         "stays until the server's next start"});
  // A disk that takes nothing is said already.
  if (c.head_trouble == audit::HeadTrouble::stopped && c.health == Health::ok)
    alarms.push_back(
        {"head_not_signed", true,
         "No head of the audit log has been signed, or kept in keys/newest-head, for a minute: what is "
         "written meanwhile could be changed unseen. The server's log says why (audit.head_not_signed, "
         "audit.head_not_kept): journalctl -u wardroomd"});
}

void add_copies(std::vector<ServerAlarm>& alarms, const Condition& c) {
  const auto add = [&](const char* what, const char* line) {
    alarms.push_back({"copies_not_sent", false,
                      std::string(what) +
                          " for an hour, so that nothing elsewhere would contradict a log that "
                          "is rewritten here. The server's log says why (" +
                          line + "): journalctl -u wardroomd. Once that is put right, it goes on by itself"});
  };
  if (c.late_copies.syslog)
    add("No audit record has reached the collector (audit.syslog)", "syslog.not_sent");
  if (c.late_copies.heads_file)
    add("No head of the audit log could be written to audit.heads_file", "audit.head_not_copied");
}

void add_scanner(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (c.scanner_fails)
    alarms.push_back(
        {"scanner_fails", false,
         "The virus scanner didn't look at the last file that somebody sent (files.scanner). The "
         "server's log says why (files.not_scanned): journalctl -u wardroomd. On the server: "
         "systemctl status clamav-daemon. The next file that it looks at ends this"});
  if (c.infected_at && c.now - *c.infected_at <= std::chrono::days{1})
    alarms.push_back(
        {"file_infected", false,
         "The virus scanner found something in a file, which nobody got. Who sent it, and what it "
         "was: in the log, file.infected. This is shown for a day"});
}

void add_trust(std::vector<ServerAlarm>& alarms, const Condition& c) {
  if (c.findings.value_or(0) > 0)
    alarms.push_back({"check_findings", true,
                      "The last check of the log and the tables found " + std::to_string(*c.findings) +
                          (*c.findings == 1 ? " thing" : " things") +
                          " that can't be. Keep the files as they are, and read, on the server: wardroomd "
                          "check --data DIR"});
  if (std::chrono::abs(c.clock_doubt) > kClockDoubted)
    alarms.push_back(
        {"clock_doubted", false,
         "The machine's clock isn't believed, so nothing ends by it. Set it right; if it is right: "
         "wardroomd confirm-clock --data DIR --reason TEXT"});
}

std::optional<TimePoint> if_known(std::int64_t unix_ms) {
  return unix_ms == 0 ? std::nullopt : std::optional(from_unix_ms(unix_ms));
}
std::optional<std::int64_t> if_measured(std::uint64_t bytes) {
  return bytes == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(bytes));
}

Condition condition_of(const Gauges& gauges) {
  Condition c;
  c.now = gauges.clock.trusted();
  c.health = gauges.writer.stats().health;
  c.disk_low = gauges.figures.disk_low;
  c.free_bytes = gauges.figures.free_bytes;
  c.certificate_ends = if_known(gauges.figures.certificate_ends);
  c.certificate_between = gauges.figures.certificate_between.get();
  c.certificate_not_served = gauges.figures.certificate_not_served;
  c.certificate_renews = gauges.figures.certificate_renews;
  c.authority_ends = if_known(gauges.figures.authority_ends);
  c.rotation_phase = static_cast<ops::RotationPhase>(gauges.figures.rotation_phase.load());
  c.backup_verified_at = if_known(gauges.figures.backup_verified);
  c.backup_failed = gauges.figures.backup_failed;
  c.recheck_failed = gauges.figures.recheck_failed;
  c.head_trouble = gauges.head_trouble;
  c.late_copies = gauges.late_copies;
  c.scanner_fails = gauges.scanner.fails;
  c.infected_at = if_known(gauges.scanner.infected_at);
  if (gauges.check.last) c.findings = gauges.check.last->wrong;
  c.clock_doubt = gauges.clock.doubt();
  return c;
}

}  // namespace

std::vector<ServerAlarm> compose_alarms(const Condition& condition) {
  std::vector<ServerAlarm> alarms;
  add_disk(alarms, condition);
  add_certificate(alarms, condition);
  add_authority(alarms, condition);
  add_heads(alarms, condition);
  add_trust(alarms, condition);
  add_copies(alarms, condition);
  add_scanner(alarms, condition);
  add_backup(alarms, condition);
  std::stable_partition(alarms.begin(), alarms.end(), [](const ServerAlarm& a) { return a.urgent; });
  return alarms;
}

std::vector<protocol::AcknowledgedWithin> compose_acknowledged(const Histogram::Counts& times) {
  std::vector<protocol::AcknowledgedWithin> buckets;
  for (std::size_t i = 0; i < times.in_bucket.size(); ++i) {
    const bool is_last = i == Histogram::kBounds.size();
    buckets.push_back({is_last ? std::nullopt : std::optional(Histogram::kBounds[i]),
                       static_cast<std::int64_t>(times.in_bucket[i])});
  }
  return buckets;
}

protocol::AdminStats::Result GaugedFigures::load() const {
  const Gauges gauges = gauges_();
  const auto net = gauges.net.stats();
  const auto writer = gauges.writer.stats();
  const auto number = [](auto value) { return static_cast<std::int64_t>(value); };
  const Condition condition = condition_of(gauges);
  protocol::AdminStats::Result stats;
  stats.at = gauges.clock.now();
  stats.alarms = compose_alarms(condition);
  stats.people_online = number(gauges.presence.online());
  stats.connections = number(net.connections);
  stats.requests_so_far = number(gauges.dispatcher.requests());
  stats.refusals_so_far = number(gauges.dispatcher.refusals());
  stats.changes_so_far = number(writer.jobs);
  stats.messages_so_far = number(gauges.dispatcher.messages());
  stats.commits_so_far = number(writer.groups);
  stats.commit_us_so_far = number(gauges.writer.commit_times().counts().sum_ns / 1000);
  stats.acknowledged_so_far = compose_acknowledged(gauges.hub.acknowledged_times());
  stats.queue = number(writer.queued);
  stats.sign_ins_waiting = number(gauges.hashing.waiting());
  stats.sign_ins_failed_so_far = number(gauges.failures.count());
  stats.memory_bytes = number(resident_bytes());
  stats.database_bytes = if_measured(gauges.figures.database_bytes);
  stats.free_bytes = if_measured(gauges.figures.free_bytes);
  stats.certificate_ends = condition.certificate_ends;
  stats.backup_verified_at = condition.backup_verified_at;
  if (gauges.check.last) stats.checked_at = gauges.check.last->at;
  return stats;
}

}  // namespace wardroom::app
