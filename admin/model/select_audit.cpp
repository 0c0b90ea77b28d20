#include <algorithm>

#include "admin/model/audit.hpp"
#include "admin/model/pages.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

void add_part(std::string& text, const std::string& part, std::string_view between) {
  if (part.empty()) return;
  if (!text.empty()) text += between;
  text += part;
}

std::string who_of(const LogRecord& record) {
  if (record.actor_type == "server") return "the server";
  std::string text = record.actor_name.empty() ? "unknown" : record.actor_name;
  add_part(text, record.actor_role, " · ");
  return text;
}

std::string target_of(const State& state, const LogRecord& record) {
  if (record.target_type.empty()) return "";
  if (record.target_type == "user") return record.target_name;
  if (record.target_type == "room")
    return record.target_name.empty() ? known_room_title(state, RoomId{record.target})
                                      : "# " + record.target_name;
  if (record.target_type == "method") return record.target_name;
  std::string text = record.target_type;
  std::replace(text.begin(), text.end(), '_', ' ');
  add_part(text, record.target_name, " ");
  return text;
}

std::string on_of(const State& state, const LogRecord& record) {
  std::string text = target_of(state, record);
  if (record.room.is_set() && record.target_type != "room")
    add_part(text, known_room_title(state, record.room), ", ");
  return text;
}

VerdictMark verdict_of(const State& state, const LogRecord& record) {
  if (record.verdict == LogRecord::Verdict::verified) return VerdictMark::verified;
  if (record.verdict == LogRecord::Verdict::wrong) return VerdictMark::wrong;
  const auto& head = state.witness.watch.checked_head();
  return head && record.idx.value >= head->size ? VerdictMark::newer : VerdictMark::unknown;
}

AuditRow row_of(const State& state, const LogRecord& record) {
  if (record.line.empty())
    return {record.idx,           grouped(record.idx.value), "", "pruned", "", "only its hash is left", "",
            OutcomeMark::success, verdict_of(state, record)};
  return {record.idx,
          grouped(record.idx.value),
          desk::local_record_time(state.zone, record.ts, state.wall),
          record.type,
          who_of(record),
          on_of(state, record),
          record.ip,
          record.outcome,
          verdict_of(state, record),
          record_time_text(record.ts, state.wall) + " UTC"};
}

// "must_change_password" as people read it.
std::string field_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

const std::string* value_in(const LogRecord::Fields& fields, const std::string& name) {
  for (const auto& [key, value] : fields)
    if (key == name) return &value;
  return nullptr;
}

std::vector<AuditChange> changes_of(const LogRecord& record) {
  std::vector<AuditChange> changes;
  for (const auto& [name, value] : record.before) {
    const std::string* after = value_in(record.after, name);
    changes.push_back({field_words(name), value, after ? *after : "", !after || *after != value});
  }
  for (const auto& [name, value] : record.after)
    if (!value_in(record.before, name))
      changes.push_back({field_words(name), "", value, !record.before.empty()});
  return changes;
}

std::string verdict_words(const State& state, VerdictMark verdict) {
  const auto& watch = state.witness.watch;
  switch (verdict) {
    case VerdictMark::verified:
      return "Verified: these bytes stand in the log, under the head that this console has checked.";
    case VerdictMark::newer:
      return "Not yet under a head. The next one, within a second, covers it.";
    case VerdictMark::wrong:
      return "These bytes don't stand in the log that the server has signed. Tell your auditor.";
    case VerdictMark::unknown:
      break;
  }
  return watch.memory().alarm ? "Can't be verified: the log isn't the one that this console saw."
                              : "Being verified…";
}

AuditDetails details_of(const State& state, const LogRecord& record) {
  AuditDetails details;
  details.pruned = record.line.empty();
  details.verdict = verdict_of(state, record);
  details.verdict_words = verdict_words(state, details.verdict);
  if (record.target_type == "user") {
    details.person = UserId{record.target};
    details.person_name = record.target_name;
  }
  details.room = record.target_type == "room" ? RoomId{record.target} : record.room;
  if (details.room.is_set()) details.room_title = known_room_title(state, details.room);
  details.type = record.type;
  details.reason = record.reason;
  add_part(details.session, record.device, ", ");
  add_part(details.session, record.client, ", ");
  if (!record.tls.empty()) add_part(details.session, "TLS " + record.tls, ", ");
  details.from = record.ip;
  details.request = record.request;
  details.actor = record.actor;
  details.actor_name = record.actor_name;
  details.has_before = !record.before.empty();
  details.changes = changes_of(record);
  details.leaf = record.leaf;
  details.raw = record.line;
  return details;
}

std::string summary_of(const AuditState& audit) {
  if (!audit.loaded) return "";
  return grouped(audit.size) + (audit.size == 1 ? " record in the log" : " records in the log") +
         (audit.oldest_first ? ", by number, oldest first" : ", by number, newest first");
}

template <class T>
std::vector<std::string> list_of(T choices) {
  return {choices.begin(), choices.end()};
}

}  // namespace

AuditProps select_audit(const State& state) {
  const auto& audit = state.audit;
  AuditProps props;
  props.rows.reserve(audit.records.size());
  for (const auto& record : audit.records) {
    props.rows.push_back(row_of(state, record));
    if (audit.selected != record.idx) continue;
    props.has_selection = true;
    props.selected = record.idx;
    props.details = details_of(state, record);
  }
  props.summary = summary_of(audit);
  props.oldest_first = audit.oldest_first;
  props.filter = audit.filter;
  props.when_choices = list_of(when_choices());
  props.what_choices = list_of(what_choices());
  props.outcome_choices = list_of(outcome_choices());
  props.loading = audit.loading || (!audit.loaded && audit.error.empty());
  props.more = audit.more;
  props.error = audit.error;
  props.filter_error = audit.filter_error;
  props.live = audit.live;
  props.may_open_people = may_open(state, Page::people);
  props.may_open_rooms = may_open(state, Page::rooms);
  props.may_export = state.is_admin() || (state.me && state.me->role == protocol::Role::auditor);
  return props;
}

}  // namespace wardroom::admin
