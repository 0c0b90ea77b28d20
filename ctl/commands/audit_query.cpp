#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/find_room.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/irc_log/log.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

std::optional<std::string> if_given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Result<std::optional<TimePoint>> parse_day(const std::string& text) {
  if (text.empty()) return std::optional<TimePoint>{};
  const auto day = irc_log::find_day(text);
  if (!day || text.size() != 10) return usage_error("A day is written YYYY-MM-DD; " + text + " isn't one.");
  return std::optional<TimePoint>(*day);
}

// A string somewhere in a record, or nothing.
std::string string_at(const boost::json::value& record, std::initializer_list<const char*> path) {
  const boost::json::value* at = &record;
  for (const auto* name : path) {
    const auto* object = at->if_object();
    at = object ? object->if_contains(name) : nullptr;
    if (!at) return {};
  }
  return at->is_string() ? std::string(at->get_string()) : std::string();
}

Result<protocol::AuditQuery::Params> make_params(const AuditQueryArguments& arguments) {
  protocol::AuditQuery::Params params;
  const auto since = parse_day(arguments.since);
  if (!since) return since.error();
  const auto until = parse_day(arguments.until);
  if (!until) return until.error();
  params.since = *since;
  params.until = *until;
  params.actor_name = if_given(arguments.actor);
  params.type = if_given(arguments.type);
  params.outcome = if_given(arguments.outcome);
  params.text = if_given(arguments.text);
  return params;
}

}  // namespace

Result<void> audit_query(const Context& context, const AuditQueryArguments& arguments) {
  auto params = make_params(arguments);
  if (!params) return params.error();
  auto client = connect(context);
  if (!client) return client.error();
  if (!arguments.room.empty()) {
    const auto room = find_room(**client, arguments.room);
    if (!room) return room.error();
    params->room = room->id;
  }
  Table table({"IDX", "TIME (UTC)", "TYPE", "OUTCOME", "ACTOR", "TARGET", "REASON"});
  for (auto left = arguments.limit; left > 0;) {
    params->limit = std::min<std::int64_t>(left, protocol::kMaxPage);
    const auto page = (*client)->call<protocol::AuditQuery>(*params);
    if (!page) return page.error();
    for (const auto& record : page->records) {
      // The exact bytes that the log's hashes cover.
      if (context.json) context.out << record.line << "\n";
      const auto json = protocol::parse_json(record.line);
      const auto at = [&json](std::initializer_list<const char*> path) {
        return json ? string_at(*json, path) : std::string();
      };
      table.add({std::to_string(record.idx.value), at({"ts"}), at({"type"}), at({"outcome"}),
                 at({"actor", "name"}), at({"target", "name"}), at({"reason"})});
    }
    left -= static_cast<std::int64_t>(page->records.size());
    if (!page->more || page->records.empty()) break;
    params->before = page->records.back().idx;
  }
  if (!context.json) table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
