#include <algorithm>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/moderation.hpp"
#include "ctl/commands/report_lines.hpp"

namespace wardroom::ctl {
namespace {

Result<void> resolve(const Context& context, const ReportArguments& arguments,
                     std::optional<protocol::Resolution> resolution, std::string_view done) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto resolved = (*client)->call<protocol::ModerationResolve>(
      {ReportId{arguments.report}, resolution, arguments.reason});
  if (!resolved) return resolved.error();
  if (context.json)
    context.out << protocol::encode(*resolved) << "\n";
  else
    context.out << "Report " << arguments.report << " is " << done << ".\n";
  return ok();
}

}  // namespace

Result<void> mod_report(const Context& context, const ReportArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto room = find_room(**client, arguments.room);
  if (!room) return room.error();
  const auto filed =
      (*client)->call<protocol::ModerationReport>({room->id, Seq{arguments.seq}, arguments.reason});
  if (!filed) return filed.error();
  if (context.json)
    context.out << protocol::encode(*filed) << "\n";
  else
    context.out << "Report " << filed->report.value
                << " waits for the moderators. They see this message and the five before it.\n";
  return ok();
}

Result<void> mod_reports(const Context& context, const ReportArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  protocol::ModerationReports::Params params;
  if (!arguments.all) params.open = true;
  std::int64_t shown = 0;
  for (bool more = true; more && shown < arguments.limit;) {
    params.limit = std::min<std::int64_t>(arguments.limit - shown, 50);
    const auto page = (*client)->call<protocol::ModerationReports>(params);
    if (!page) return page.error();
    for (const auto& report : page->reports) {
      if (context.json)
        context.out << protocol::encode(report) << "\n";
      else
        print_report(context.out, report);
    }
    shown += static_cast<std::int64_t>(page->reports.size());
    more = page->more && !page->reports.empty();
    if (more) params.before = page->reports.back().id;
    if (!context.json && (!more || shown >= arguments.limit)) context.err << page->open << " waiting.\n";
  }
  return ok();
}

Result<void> mod_resolve(const Context& context, const ReportArguments& arguments) {
  const auto resolution = protocol::parse_enum<protocol::Resolution>(arguments.resolution);
  if (!resolution)
    return usage_error("There is no resolution " + arguments.resolution +
                       ". Choose one of: " + protocol::enum_choices<protocol::Resolution>() + ".");
  return resolve(context, arguments, *resolution, "resolved; who made it is told");
}

Result<void> mod_reopen(const Context& context, const ReportArguments& arguments) {
  return resolve(context, arguments, std::nullopt, "open again");
}

}  // namespace wardroom::ctl
