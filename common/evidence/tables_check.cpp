#include "common/evidence/tables_check.hpp"

#include "common/evidence/tables/decisions.hpp"
#include "common/evidence/tables/messages.hpp"
#include "common/evidence/tables/people.hpp"
#include "common/evidence/tables/rooms.hpp"
#include "common/evidence/tables/schema_match.hpp"
#include "common/sqlite/transaction.hpp"

namespace wardroom::evidence {
namespace {

// Of these no record says enough, so that nothing could be compared. Named at every check.
constexpr const char* kBeyondTheLog[] = {
    "users: display names, e-mail addresses, passwords, must_change; second_factors and recovery_codes",
    "sessions and invites: the hashes of their tokens; when a session expires, and what an invite's reset "
    "says; "
    "that an open invite was ended",
    "members: joined_at, accepted, what was read; rooms: who asked for a conversation, counters",
    "rooms: the topic until it is first changed",
    "messages: reply_to, client_id, edited_at, order of changes and of pins",
    "reactions, devices, imports, exports, meta, and the index for searches (audit_text)"};

class Replay {
 public:
  void take(std::int64_t idx, std::string_view type, std::string_view line, TablesReport& report) {
    if (line.empty()) {
      people_.note_pruned(idx, type);
      rooms_.note_pruned(idx, type);
      return decisions_.note_pruned(idx, type);
    }
    const auto act = Act::parse(line);
    // check_database() says the same of a line that isn't a record.
    if (!act) return report.add("audit_records, " + std::to_string(idx) + ": its line isn't a record.");
    if (!act->succeeded()) return;
    people_.take(*act);
    rooms_.take(*act);
    decisions_.take(*act);
    messages_.take(*act);
  }
  void compare(sqlite::Connection& db, TablesReport& report) {
    messages_.compare(db, report);
    people_.compare(db, report);
    rooms_.compare(db, report);
    decisions_.compare(db, report);
  }

 private:
  PeopleReplay people_;
  RoomsReplay rooms_;
  DecisionsReplay decisions_;
  MessagesCheck messages_;
};

}  // namespace

Result<TablesReport> check_tables(sqlite::Connection& db) {
  const sqlite::Transaction view(db, sqlite::Transaction::Kind::read);
  TablesReport report;
  if (auto matched = match_schema(db, report); !matched) return matched.error();
  Replay replay;
  {
    // Heartbeats and readings change no table, and are most of a quiet office's log.
    auto row = db.query(
        "SELECT idx, type, line FROM audit_records WHERE type NOT IN ('audit.heartbeat', 'audit.queried')"
        " ORDER BY idx");
    while (row.step())
      replay.take(row.get<std::int64_t>(0), row.get<std::string_view>(1), row.get<std::string_view>(2),
                  report);
  }
  replay.compare(db, report);
  if (db.failure()) return *db.failure();
  for (const char* what : kBeyondTheLog) report.not_proven.push_back(what);
  return report;
}

}  // namespace wardroom::evidence
