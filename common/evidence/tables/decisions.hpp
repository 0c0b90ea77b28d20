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
      {"by_id", "reason", "until", "lifted"},
      {"moderation.muted", "moderation.unmuted", "moderation.banned", "moderation.unbanned"}};
  ReplayedTable reports_{
      "reports",
      {"room_id", "seq", "author_id", "reporter_id", "reason", "evidence_hash", "resolution"},
      {"moderation.report_filed", "moderation.report_resolved"}};
  // Their records are never pruned.
  ReplayedTable holds_{"holds", {"user_id", "room_id", "name", "reason", "by_id", "lifted"}, {}};
  ReplayedTable rules_{"retention_rules", {"days", "by_id"}, {}};
  std::map<std::string, std::vector<ReplayedTable::Row>>
      imposed_;                      // by kind, person and room; the newest last
  std::int64_t erased_reports_ = 0;  // evidence out of which a record says that texts were erased
};

}  // namespace wardroom::evidence
