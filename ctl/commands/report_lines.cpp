#include "ctl/commands/report_lines.hpp"

#include <ostream>

#include "ctl/commands/lines.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

using protocol::Report;
using protocol::RoomKind;

// Deeper than the deepest line of ours, a version.
constexpr std::size_t kDepth = 10;

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

void print_message(std::ostream& out, const protocol::Evidence& evidence, const protocol::Message& message,
                   std::string_view mark) {
  out << mark << local_second(message.at) << " <" << name_of(evidence, message.author) << "> "
      << (message.deleted.value_or(false) ? "(deleted)" : set_in(message.text, kDepth)) << "\n";
}

void print_versions(std::ostream& out, const protocol::Evidence& evidence) {
  if (!evidence.versions.empty()) out << "    Its texts up to then:\n";
  for (const auto& version : evidence.versions)
    out << "      " << protocol::enum_name(version.act) << " " << local_second(version.at) << " by "
        << name_of(evidence, version.by) << ": " << set_in(version.text, kDepth) << "\n";
}

}  // namespace

void print_report(std::ostream& out, const Report& report) {
  const auto& evidence = report.evidence;
  out << "Report " << report.id.value << ", " << local_minute(report.at) << ", by " << report.reporter.name
      << ": " << set_in(report.reason, kDepth) << "\n"
      << "  Message " << report.seq.value << " in " << place_of(report) << ", as it was then:\n";
  for (const auto& message : evidence.before) print_message(out, evidence, message, "    ");
  print_message(out, evidence, evidence.message, "  > ");
  print_versions(out, evidence);
  out << "  Hash of the evidence: " << report.evidence_hash << "\n";
  if (report.open)
    out << "  Waits.\n";
  else
    out << "  Resolved as " << (report.resolution ? protocol::enum_name(*report.resolution) : "other")
        << " by " << (report.resolved_by ? report.resolved_by->name : "somebody") << ": "
        << set_in(report.resolution_reason.value_or(""), kDepth) << "\n";
}

}  // namespace wardroom::ctl
