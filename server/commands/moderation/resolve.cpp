#include "protocol/events.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/moderation/reason.hpp"
#include "server/commands/moderation/report_rights.hpp"
#include "server/store/reports.hpp"

namespace wardroom::commands {

Result<Empty> resolve_report(WriteContext& context, const ModerationResolve::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto report = store::find_report(context.db(), params.report);
  if (!report) return not_found("There is no such report.");
  if (auto allowed = authorize_resolving(context, *report); !allowed) return allowed.error();
  if (params.resolution && !report->open)
    return conflict("already_resolved", "Somebody resolved this report already.");
  if (!params.resolution && report->open) return conflict("not_resolved", "This report is open.");

  audit::Record record = context.call.record(audit::Type::report_resolved);
  record.reason = *reason;
  record.target = {"report", params.report.value, {}};
  record.room = report->room;
  record.after = {
      {"resolution", params.resolution ? std::optional(enum_name(*params.resolution)) : std::nullopt}};
  context.append(record);
  if (params.resolution) {
    store::resolve_report(context.db(), params.report, *params.resolution, context.caller().user, *reason,
                          context.now());
    context.tell_user(report->reporter, ReportResolved{params.report, *params.resolution, *reason});
  } else {
    store::reopen_report(context.db(), params.report);
  }
  return Empty{};
}

}  // namespace wardroom::commands
