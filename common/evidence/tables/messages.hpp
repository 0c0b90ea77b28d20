#pragma once

#include <limits>
#include <map>

#include "common/evidence/form_check.hpp"
#include "common/evidence/tables/act.hpp"
#include "common/evidence/tables/state_match.hpp"
#include "common/evidence/tables_report.hpp"

namespace wardroom::evidence {

// Each state that a message had against the hashes that the log bound in, both ways: no state without its
// hash, and no hash without its state but for those that retention removed.
//
// It walks along the groups, with the messages that were posted and changed in their time. In pieces, each in
// a read transaction of its own, it can be done while the office goes on: what was passed by isn't looked at
// again, and what came meanwhile is met before the end.
class MessagesCheck {
 public:
  void take(const Act& act);
  // Checks the next piece, once the records so far were taken. False when no whole one is left.
  bool step(sqlite::Connection& db, TablesReport& report);
  // Checks the rest in one go. Call once, with all records taken.
  void compare(sqlite::Connection& db, TablesReport& report);

 private:
  // Messages by their number in the table, changes of messages by their time; after the first, up to the
  // last.
  struct Span {
    std::int64_t after_id = 0, last_id = 0;
    std::int64_t after_at = 0, last_at = 0;
  };
  struct State;
  struct Version {
    std::int64_t room, seq, version;
  };

  static constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();

  void begin();
  std::optional<Span> take_groups(sqlite::Connection& db, std::size_t least);
  void check_span(sqlite::Connection& db, const Span& span, TablesReport& report);
  void check_posted(sqlite::Connection& db, const Span& span, TablesReport& report);
  void check_changed(sqlite::Connection& db, const Span& span, TablesReport& report);
  void check_state(const State& state, TablesReport& report);
  void check_chains(sqlite::Connection& db, const Span& span, TablesReport& report);
  bool check_foreign(sqlite::Connection& db, TablesReport& report);
  void tell_waiting(TablesReport& report) const;
  void check_forms(sqlite::Connection& db, TablesReport& report) const;
  void check_missing(TablesReport& report) const;
  void check_erased(sqlite::Connection& db, TablesReport& report) const;

  StateMatch match_;
  FormCheck forms_;
  std::int64_t next_group_ = 0;              // records before it were looked at
  std::int64_t id_ = kFirst, at_ = kFirst;   // where the walk is
  Version foreign_{kFirst, kFirst, kFirst};  // where the walk over the states is
  bool is_foreign_done_ = false;
  std::optional<TimePoint> last_without_hashes_;  // time of the newest group of before they were stored
  std::int64_t removed_states_ = 0;               // by retention
  std::optional<std::int64_t> removed_before_;    // the same when the walk began
  bool was_clock_set_ = false;                    // since the walk began
  std::map<std::string, std::int64_t> erased_;    // texts, by room and author
  std::map<std::string, bool> trimmed_;           // rooms out of which retention removed messages
};

}  // namespace wardroom::evidence
