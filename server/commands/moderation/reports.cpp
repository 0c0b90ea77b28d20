#include "server/store/reports.hpp"

#include <algorithm>

#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/moderation/report_rights.hpp"
#include "server/commands/page_limit.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kMaxReports = 50;
constexpr std::int64_t kDefaultReports = 20;

Error only_moderators() {
  return forbidden("not_a_moderator", "Only moderators see reports.");
}

// The rooms and numbers of those reports that show somebody what they aren't shown in the room.
struct ForeignEvidence {
  std::vector<ReportId> reports;
  std::vector<RoomId> rooms;
};

// Who came in later sees neither what was reported nor what stands before it, if it is older.
Seq first_shown(const Report& report) {
  Seq first = report.seq;
  for (const auto& message : report.evidence.before) first = std::min(first, message.seq);
  return first;
}

ForeignEvidence find_foreign(sqlite::Connection& db, UserId reader, const std::vector<Report>& reports) {
  ForeignEvidence foreign;
  for (const auto& report : reports) {
    const auto member = store::find_member(db, report.room, reader);
    if (member && member->shown_after < first_shown(report)) continue;
    foreign.reports.push_back(report.id);
    foreign.rooms.push_back(report.room);
  }
  std::sort(foreign.rooms.begin(), foreign.rooms.end());
  foreign.rooms.erase(std::unique(foreign.rooms.begin(), foreign.rooms.end()), foreign.rooms.end());
  return foreign;
}

audit::Details describe(const ForeignEvidence& foreign) {
  return {{"reports", foreign.reports}, {"rooms", foreign.rooms}};
}

// Answers when the record is durable.
void record_reading(Services& services, GroupBatch& batch, const Reply<ModerationReports>& reply,
                    ModerationReports::Result result, audit::Details after, bool whole_office) {
  submit_change<ModerationReports>(services, batch, reply, std::nullopt,
                                   [result = std::move(result), after = std::move(after),
                                    whole_office](WriteContext& write) -> Result<ModerationReports::Result> {
                                     // The role is now that of this moment: what was read for another one
                                     // isn't shown.
                                     if (scope_of(write.caller()).whole_office != whole_office)
                                       return only_moderators();
                                     audit::Record record = write.call.record(audit::Type::reports_read);
                                     record.after = after;
                                     write.append(record);
                                     return result;
                                   });
}

}  // namespace

// Read on a reader thread. Evidence of a room that the reader isn't in, or of what was written there before
// they were, shows them what they couldn't see otherwise: that is recorded before it is answered.
void list_reports(LiveContext& context, ModerationReports::Params params, Reply<ModerationReports> reply) {
  const std::int64_t limit = params.limit.value_or(kDefaultReports);
  if (limit < 1 || limit > kMaxReports)
    return reply(params_error("params.limit", "params.limit must be from 1 to 50."));
  Services& services = context.services;
  const auto scope = scope_of(context.caller());
  services.readers.submit(
      [&services, &batch = context.batch, reply, params, limit, scope](sqlite::Connection& db) {
        const bool may_read = scope.whole_office || store::moderates_a_room(db, scope.reader);
        if (db.failure()) return reply(*db.failure());
        if (!may_read) return reply(only_moderators());
        auto page = store::load_reports(db, scope, params.open, params.before, limit);
        ModerationReports::Result result{std::move(page.reports), page.more,
                                         store::count_open_reports(db, scope)};
        const auto foreign = find_foreign(db, scope.reader, result.reports);
        if (db.failure()) return reply(*db.failure());
        if (foreign.reports.empty()) return reply(result);
        record_reading(services, batch, reply, std::move(result), describe(foreign), scope.whole_office);
      },
      reply);
}

}  // namespace wardroom::commands
