#include <algorithm>

#include "admin/model/moderation.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/sorting.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using protocol::Message;
using protocol::MessageVersion;
using protocol::Report;

// The server lists no more.
constexpr std::size_t kMostSanctions = 1000;

std::string name_in(const Report& report, UserId user) {
  for (const auto& known : report.evidence.users)
    if (known.id == user) return known.display_name;
  return "somebody";
}

std::string when(const State& state, TimePoint t) {
  return past_text(state.zone, t, state.wall);
}

EvidenceMessage evidence_of(const State& state, const Report& report, const Message& message) {
  EvidenceMessage row;
  row.author = name_in(report, message.author);
  row.at = when(state, message.at);
  row.text = message.text;
  if (message.deleted.value_or(false))
    row.mark = "deleted";
  else if (message.edited_at)
    row.mark = "edited";
  return row;
}

std::string_view act_word(MessageVersion::Act act) {
  switch (act) {
    case MessageVersion::Act::posted:
      return "posted";
    case MessageVersion::Act::edited:
      return "edited";
    case MessageVersion::Act::deleted:
      return "deleted";
    case MessageVersion::Act::restored:
      return "brought back";
  }
  return "";
}

EvidenceVersion version_of(const State& state, const Report& report, const MessageVersion& version) {
  EvidenceVersion row;
  row.act = std::string(act_word(version.act)) + " by " + name_in(report, version.by) + ", " +
            when(state, version.at);
  if (!version.reason.empty()) row.act += ": " + version.reason;
  row.text = version.text;
  return row;
}

std::string outcome_of(const Report& report) {
  if (report.open || !report.resolution) return "";
  std::string text(resolution_word(*report.resolution));
  if (report.resolved_by) text += " · " + report.resolved_by->display_name;
  return text;
}

std::string resolution_of(const State& state, const Report& report) {
  std::string text = outcome_of(report);
  if (text.empty()) return text;
  if (report.resolved_at) text += ", " + when(state, *report.resolved_at);
  if (report.resolution_reason && !report.resolution_reason->empty())
    text += ": " + *report.resolution_reason;
  return text;
}

std::string taken_here(const State& state, ReportId id) {
  const auto at = state.moderation.taken.find(id);
  if (at == state.moderation.taken.end()) return "";
  std::string text;
  for (const auto resolution : at->second)
    text += (text.empty() ? "" : ", ") + std::string(resolution_word(resolution));
  return text;
}

std::string_view kind_word(protocol::RoomKind kind) {
  switch (kind) {
    case protocol::RoomKind::public_:
      return " · public room";
    case protocol::RoomKind::private_:
      return " · private room";
    case protocol::RoomKind::direct:
      break;
  }
  return "";
}

ReportDetails details_of(const State& state, const Report& report) {
  ReportDetails details;
  const auto& evidence = report.evidence;
  details.author = author_of(report);
  details.room = room_title(state, report) + std::string(kind_word(evidence.room_kind));
  details.reporter = report.reporter.display_name;
  details.reported_at = when(state, report.at);
  details.reason = report.reason;
  for (const auto& message : evidence.before) details.before.push_back(evidence_of(state, report, message));
  details.message = evidence_of(state, report, evidence.message);
  if (evidence.versions.size() > 1)
    for (const auto& version : evidence.versions)
      details.versions.push_back(version_of(state, report, version));
  details.hash = report.evidence_hash;
  details.open = report.open;
  details.resolution = resolution_of(state, report);
  details.direct = evidence.room_kind == protocol::RoomKind::direct;
  details.taken = taken_here(state, report.id);
  return details;
}

SanctionRow row_of(const State& state, const protocol::Sanction& sanction) {
  SanctionRow row;
  row.person = sanction.user.display_name;
  row.what = sanction.kind == protocol::SanctionKind::mute ? "muted" : "banned";
  row.room = sanction.room ? known_room_title(state, *sanction.room) : "every room";
  row.until = sanction.until ? moment_text(state.zone, *sanction.until) : "until lifted";
  row.by = sanction.by.display_name;
  row.reason = sanction.reason;
  return row;
}

std::string summary_of(std::int64_t open) {
  if (open == 0) return "No open reports";
  return open == 1 ? "1 open report" : grouped(open) + " open reports";
}

}  // namespace

ModerationProps select_moderation(const State& state) {
  const auto& moderation = state.moderation;
  ModerationProps props;
  props.tab = moderation.tab;
  props.summary = summary_of(moderation.open);
  if (moderation.open > 0) props.badge = grouped(moderation.open);
  props.may_act = state.may_moderate();
  props.loading = moderation.loading;
  props.more = moderation.more;
  props.error = moderation.error;
  if (moderation.tab == ModerationTab::sanctions) {
    props.sort = sort_of(state, ListName::sanctions);
    if (moderation.sanctions.size() >= kMostSanctions)
      props.summary = "The newest " + grouped(kMostSanctions) + " are listed, and there may be more";
    for (const std::size_t at : shown_sanctions(state)) {
      if (moderation.sanction == at) {
        props.sanction_chosen = true;
        props.sanction = props.sanctions.size();
      }
      props.sanctions.push_back(row_of(state, moderation.sanctions[at]));
      props.sanctions.back().at = at;
    }
    return props;
  }
  for (const auto& report : moderation.reports) {
    props.reports.push_back({report.id, author_of(report), room_title(state, report), when(state, report.at),
                             report.reason, outcome_of(report)});
    if (report.id != moderation.selected) continue;
    props.selected = report.id;
    props.details = details_of(state, report);
  }
  return props;
}

}  // namespace wardroom::admin
