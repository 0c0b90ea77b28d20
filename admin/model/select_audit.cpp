#include <algorithm>

#include "admin/model/audit.hpp"
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

std::string target_of(const LogRecord& record) {
  if (record.target_type.empty()) return "";
  if (record.target_type == "user") return record.target_name;
  if (record.target_type == "room") return "# " + record.target_name;
  if (record.target_type == "method") return record.target_name;
  std::string text = record.target_type;
  std::replace(text.begin(), text.end(), '_', ' ');
  add_part(text, record.target_name, " ");
  return text;
}

std::string on_of(const State& state, const LogRecord& record) {
  std::string text = target_of(record);
  if (record.room.is_set() && record.target_type != "room")
    add_part(text, known_room_title(state, record.room), ", ");
  return text;
}

AuditRow row_of(const State& state, const LogRecord& record) {
  return {record.idx,
          grouped(record.idx.value),
          record_time_text(record.ts, state.now),
          record.type,
          who_of(record),
          on_of(state, record),
          record.ip,
          record.outcome};
}

std::vector<AuditField> fields_of(const LogRecord::Fields& fields, const LogRecord::Fields* before) {
  std::vector<AuditField> shown;
  for (const auto& [name, value] : fields) {
    const bool same = !before || before->empty() ||
                      std::find(before->begin(), before->end(), std::pair(name, value)) != before->end();
    shown.push_back({name, value, !same});
  }
  return shown;
}

AuditDetails details_of(const LogRecord& record) {
  AuditDetails details;
  details.type = record.type;
  details.reason = record.reason;
  add_part(details.session, record.device, ", ");
  add_part(details.session, record.client, ", ");
  if (!record.tls.empty()) add_part(details.session, "TLS " + record.tls, ", ");
  details.from = record.ip;
  details.request = record.request;
  details.actor = record.actor;
  details.actor_name = record.actor_name;
  details.before = fields_of(record.before, nullptr);
  details.after = fields_of(record.after, &record.before);
  details.leaf = record.leaf;
  details.leaf_matches = record.leaf == record.server_leaf;
  details.raw = record.line;
  return details;
}

std::string summary_of(const AuditState& audit) {
  if (!audit.loaded) return "";
  return grouped(audit.size) + (audit.size == 1 ? " record in the log" : " records in the log");
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
    props.details = details_of(record);
  }
  props.summary = summary_of(audit);
  props.filter = audit.filter;
  props.when_choices = list_of(when_choices());
  props.what_choices = list_of(what_choices());
  props.outcome_choices = list_of(outcome_choices());
  props.loading = audit.loading || (!audit.loaded && audit.error.empty());
  props.more = audit.more;
  props.error = audit.error;
  return props;
}

}  // namespace wardroom::admin
