#include <algorithm>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/moderation.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

using protocol::Report;
using protocol::RoomKind;

// As people were called when the report was made.
std::string name_of(const protocol::Evidence& evidence, UserId id) {
  for (const auto& user : evidence.users)
    if (user.id == id) return user.name;
  return "user-" + std::to_string(id.value);
}

std::string place_of(const Report& report) {
  const auto number = std::to_string(report.room.value);
  switch (report.evidence.room_kind) {
    case RoomKind::public_:
      return "#" + report.evidence.room_name;
    case RoomKind::private_:
      return "#" + report.evidence.room_name + " (private room " + number + ")";
    case RoomKind::direct:
      return "a direct conversation (room " + number + ")";
  }
  return "room " + number;
}

// Every line of a text stands under its message's first one.
void print_message(std::ostream& out, const protocol::Evidence& evidence, const protocol::Message& message,
                   std::string_view mark) {
  const std::string head = local_second(message.at) + " <" + name_of(evidence, message.author) + "> ";
  out << mark << head;
  for (const char c : message.deleted ? std::string("(deleted)") : message.text) {
    out << c;
    if (c == '\n') out << std::string(mark.size() + 4, ' ');
  }
  out << "\n";
}

void print_versions(std::ostream& out, const protocol::Evidence& evidence) {
  for (const auto& version : evidence.versions)
    out << "      " << protocol::enum_name(version.act) << " " << local_second(version.at) << " by "
        << name_of(evidence, version.by) << ": " << version.text << "\n";
}

void print_report(std::ostream& out, const Report& report) {
  const auto& evidence = report.evidence;
  out << "Report " << report.id.value << ", " << local_minute(report.at) << ", by " << report.reporter.name
      << ": " << report.reason << "\n"
      << "  Message " << report.seq.value << " in " << place_of(report) << ", as it was then:\n";
  for (const auto& message : evidence.before) print_message(out, evidence, message, "    ");
  print_message(out, evidence, evidence.message, "  > ");
  if (!evidence.versions.empty()) out << "    Its texts up to then:\n";
  print_versions(out, evidence);
  out << "  Hash of the evidence: " << report.evidence_hash << "\n";
  if (report.open)
    out << "  Waits.\n";
  else
    out << "  Resolved as " << (report.resolution ? protocol::enum_name(*report.resolution) : "other")
        << " by " << (report.resolved_by ? report.resolved_by->name : "somebody") << ": "
        << report.resolution_reason.value_or("") << "\n";
}

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
