#include "common/evidence/tables/decisions.hpp"

#include "common/base/bytes.hpp"

namespace wardroom::evidence {
namespace {

constexpr std::size_t kLifted = 3;  // of sanctions
enum ReportColumn : std::size_t { kResolution = 6, kResolvedBy = 8, kResolutionReason, kResolvedAt };
constexpr std::size_t kHoldLifted = 5;

std::string subject_of(const Act& act, bool is_mute) {
  return std::string(is_mute ? "mute" : "ban") + " of person " + act.target() + " in room " + act.room();
}

}  // namespace

void DecisionsReplay::take(const Act& act) {
  take_sanction(act);
  take_report(act);
  take_keeping(act);
}

void DecisionsReplay::note_pruned(std::int64_t idx, std::string_view type) {
  sanctions_.note_pruned(idx, type);
  reports_.note_pruned(idx, type);
}

void DecisionsReplay::take_sanction(const Act& act) {
  const bool mutes = act.is("moderation.muted"), unmutes = act.is("moderation.unmuted");
  const bool bans = act.is("moderation.banned");
  if (!mutes && !unmutes && !bans && !act.is("moderation.unbanned")) return;
  auto& imposed = imposed_[subject_of(act, mutes || unmutes)];
  // A new one replaces the one that held.
  if (!imposed.empty()) {
    imposed.back().idx = act.idx();
    imposed.back().fields[kLifted] = "yes";
  }
  if (mutes || bans)
    imposed.push_back(
        {act.idx(), {act.actor(), act.reason(), act.after("until").value_or("none"), "no", act.ts()}});
}

// Records name no number of a sanction, but those of one person follow each other as their rows do. Counted
// from the newest: of the oldest the records may be pruned.
void DecisionsReplay::number_sanctions() {
  for (auto& [subject, imposed] : imposed_)
    for (std::size_t i = 0; i < imposed.size(); ++i)
      sanctions_.put(subject + ", the last but " + std::to_string(imposed.size() - 1 - i), imposed[i]);
}

void DecisionsReplay::take_report(const Act& act) {
  if (act.is("moderation.report_filed")) {
    const auto salted = act.after("evidence_commitment");
    salted_[act.after("report").value_or("")] = salted.has_value();
    reports_.put(act, act.after("report").value_or(""),
                 {act.room(), act.target(), act.after("author"), act.actor(), act.reason(),
                  salted ? salted : act.after("evidence_sha256"), "none", act.ts(), "none", "none", "none"});
  }
  if (act.is("moderation.report_resolved")) {
    const bool open = act.after("resolution") == "none";
    const auto unless_open = [open](std::string value) { return open ? "none" : std::move(value); };
    reports_.set(act, act.target(), kResolution, act.after("resolution"));
    reports_.set(act, act.target(), kResolvedBy, unless_open(act.actor()));
    reports_.set(act, act.target(), kResolutionReason, unless_open(act.reason()));
    reports_.set(act, act.target(), kResolvedAt, unless_open(act.ts()));
  }
  if (act.is("privacy.subject_erased")) erased_reports_ += act.after_number("reports");
}

void DecisionsReplay::take_keeping(const Act& act) {
  if (act.is("retention.hold_placed"))
    holds_.put(act, act.after("hold").value_or(""),
               {act.target_type() == "user" ? act.target() : "none", act.room(), act.after("name"),
                act.reason(), act.actor(), "no", act.ts()});
  if (act.is("retention.hold_lifted")) holds_.set(act, act.before("hold").value_or(""), kHoldLifted, "yes");
  if (act.is("room.retention_changed")) {
    const std::string key = act.target_type() == "room" ? "room " + act.room() : "kind " + act.target_name();
    if (act.after("rule") == "none") return rules_.erase(key);
    rules_.put(act, key, {act.after("days").value_or("none"), act.actor(), act.ts()});
  }
}

void DecisionsReplay::compare_evidence(sqlite::Connection& db, TablesReport& report) const {
  auto row = db.query("SELECT id, evidence, evidence_hash, erased, evidence_salt FROM reports");
  std::int64_t whole = 0, erased = 0;
  while (row.step()) {
    const auto salt = row.get<std::optional<Bytes>>(4);
    const auto filed = salted_.find(row.get<std::string>(0));
    if (filed != salted_.end() && salt.has_value() != filed->second)
      report.add("reports, " + row.get<std::string>(0) +
                 ": whether its hash has a salt isn't what the log says.");
    if (row.get<bool>(3)) {
      ++erased;
      if (salt && !salt->empty())
        report.add("reports, " + row.get<std::string>(0) +
                   ": texts were erased, and its hash still has its salt.");
      continue;
    }
    ++whole;
    const Digest is = sha256({salt.value_or(Bytes{}), as_bytes(row.get<std::string_view>(1))});
    if (to_digest(row.get<Bytes>(2)) != is)
      report.add("reports, " + row.get<std::string>(0) +
                 ": the evidence isn't what was saved: its hash differs.");
  }
  if (erased > erased_reports_)
    report.add("reports: " + std::to_string(erased) +
               " are marked as evidence out of which texts were erased, and by the log " +
               std::to_string(erased_reports_) + " are.");
  report.confirmed.push_back("reports: the evidence of " + std::to_string(whole) + " against its hash");
  if (erased > 0)
    report.not_proven.push_back("reports: what is left of the evidence of " + std::to_string(erased) +
                                ", out of which texts were erased");
}

void DecisionsReplay::compare(sqlite::Connection& db, TablesReport& report) {
  number_sanctions();
  sanctions_.compare(
      {db.query(
           "SELECT kind || ' of person ' || user_id || ' in room ' || coalesce(room_id, 'none')"
           " || ', the last but ' || (row_number() OVER (PARTITION BY kind, user_id, room_id ORDER BY id "
           "DESC) - 1),"
           " by_id, reason, coalesce(strftime('%Y-%m-%dT%H:%M:%S', until / 1000, 'unixepoch')"
           "  || printf('.%03dZ', until % 1000), 'none'), iif(lifted_at IS NULL, 'no', 'yes'),"
           " strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch') || printf('.%03dZ', at % 1000),"
           " lifted_at IS NOT NULL FROM sanctions"),
       &db, true},
      report);
  reports_.compare(
      {db.query(
           "SELECT id, room_id, seq, author_id, reporter_id, reason,"
           " lower(hex(evidence_hash)), coalesce(resolution, 'none'),"
           " strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch') || printf('.%03dZ', at % 1000),"
           " coalesce(resolved_by, 'none'), coalesce(resolution_reason, 'none'),"
           " coalesce(strftime('%Y-%m-%dT%H:%M:%S', resolved_at / 1000, 'unixepoch') || printf('.%03dZ', "
           "resolved_at % 1000), 'none') FROM reports"),
       &db},
      report);
  compare_evidence(db, report);
  holds_.compare(
      {db.query("SELECT id, coalesce(user_id, 'none'), coalesce(room_id, 'none'), name, reason, by_id,"
                " iif(lifted_at IS NULL, 'no', 'yes'), strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch') "
                "|| printf('.%03dZ', at % 1000)"
                " FROM holds"),
       &db},
      report);
  rules_.compare({db.query("SELECT coalesce('room ' || room_id, 'kind ' || kind), coalesce(days, 'none'),"
                           " coalesce(by_id, 'none'), strftime('%Y-%m-%dT%H:%M:%S', at / 1000, 'unixepoch') "
                           "|| printf('.%03dZ', at % 1000)"
                           " FROM retention_rules"),
                  &db},
                 report);
}

}  // namespace wardroom::evidence
