#pragma once

#include "common/evidence/tables/replayed_table.hpp"

namespace wardroom::evidence {

// Mutes and bans, reports with their evidence, legal holds and retention rules, as the records lead to them.
class DecisionsReplay {
 public:
  void take(const Act& act);
  void note_pruned(std::int64_t idx, std::string_view type);
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  void take_sanction(const Act& act);
  void number_sanctions();
  void take_report(const Act& act);
  void take_keeping(const Act& act);
  void compare_evidence(sqlite::Connection& db, TablesReport& report) const;

  ReplayedTable sanctions_{
      "sanctions",
      {"by_id", "reason", "until", "lifted", "at"},
      {"moderation.muted", "moderation.unmuted", "moderation.banned", "moderation.unbanned"},
      {"moderation.muted", "moderation.banned"}};
  ReplayedTable reports_{"reports",
                         {"room_id", "seq", "author_id", "reporter_id", "reason", "evidence_hash",
                          "resolution", "at", "resolved_by", "resolution_reason", "resolved_at"},
                         {"moderation.report_filed", "moderation.report_resolved"},
                         {"moderation.report_filed"}};
  // Their records are never pruned.
  ReplayedTable holds_{"holds", {"user_id", "room_id", "name", "reason", "by_id", "lifted", "at"}, {}};
  ReplayedTable rules_{"retention_rules", {"days", "by_id", "at"}, {}};
  std::map<std::string, std::vector<ReplayedTable::Row>>
      imposed_;                         // by kind, person and room; the newest last
  std::map<std::string, bool> salted_;  // whether a report's record binds the evidence with a salt
  std::int64_t erased_reports_ = 0;     // evidence out of which a record says that texts were erased
};

}  // namespace wardroom::evidence
