#include "common/base/random.hpp"
#include "protocol/events.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/moderation/report_rights.hpp"
#include "server/commands/room/entry.hpp"
#include "server/store/evidence.hpp"
#include "server/store/reports.hpp"

namespace wardroom::commands {
namespace {

void append_filed(WriteContext& context, ReportId id, const store::NewReport& report) {
  audit::Record record = context.call.record(audit::Type::report_filed);
  record.reason = report.reason;
  record.target = {"message", report.seq.value, {}};
  record.room = report.room;
  record.after = {
      {"report", id}, {"author", report.author}, {"evidence_commitment", to_hex(report.evidence_hash)}};
  context.append(record);
}

}  // namespace

// Whoever reports shows the moderators a piece of a room that these may not read, direct rooms included: that
// is the reporter's decision, and this message with those just before it is all that is shown.
Result<ModerationReport::Result> report_message(WriteContext& context,
                                                const ModerationReport::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const UserId reporter = context.caller().user;
  const auto entry = enter_room(context, params.room, domain::RoomAct::report);
  if (!entry) return entry.error();
  if (const auto known = store::find_report(context.db(), params.room, params.seq, reporter))
    return ModerationReport::Result{*known};
  if (auto slow = context.services.message_rates.charge(context.services.settings->message_rate, reporter,
                                                        context.services.clock.steady());
      !slow)
    return slow.error();
  const auto evidence =
      store::load_evidence(context.db(), entry->room, entry->standing.shown_after, params.seq);
  if (!evidence) return not_found("There is no message with this seq in the room.");
  if (evidence->message.deleted) return conflict("deleted", "This message was deleted already.");

  const std::string text = encode(*evidence);
  // Without the salt nobody can try which short text would give the hash, once it is erased.
  const auto salt = random_bytes<16>();
  const store::NewReport report{params.room, params.seq, evidence->message.author,      reporter, *reason,
                                text,        salt,       sha256({salt, as_bytes(text)})};
  const ReportId id = store::insert_report(context.db(), report, context.now());
  append_filed(context, id, report);
  for (const UserId user :
       load_resolvers(context, {params.room, params.seq, evidence->message.author, reporter, true}))
    context.tell_user(user, ReportFiled{id, params.room});
  return ModerationReport::Result{id};
}

}  // namespace wardroom::commands
