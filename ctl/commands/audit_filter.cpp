#include "ctl/commands/audit_filter.hpp"

#include <thread>

#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/words.hpp"
#include "ctl/irc_log/log.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

Result<std::optional<TimePoint>> parse_day(const std::string& text) {
  if (text.empty()) return std::optional<TimePoint>{};
  const auto day = irc_log::find_day(text);
  if (!day || text.size() != 10) return usage_error("A day is written YYYY-MM-DD; " + text + " isn't one.");
  return std::optional<TimePoint>(*day);
}

Result<protocol::AuditQuery::Result> read_page(link::BlockingClient& client,
                                               const protocol::AuditQuery::Params& params) {
  for (;;) {
    auto page = client.call<protocol::AuditQuery>(params);
    if (page || page.error().code != ErrorCode::rate_limited) return page;
    std::this_thread::sleep_for(std::max(page.error().retry_after, std::chrono::milliseconds{100}));
  }
}

}  // namespace

Result<protocol::AuditQuery::Params> make_audit_query(link::BlockingClient& client,
                                                      const AuditFilterArguments& arguments) {
  protocol::AuditQuery::Params params;
  const auto since = parse_day(arguments.since);
  if (!since) return since.error();
  const auto until = parse_day(arguments.until);
  if (!until) return until.error();
  params.since = *since;
  params.until = *until;
  params.actor_name = if_given(arguments.actor);
  params.target_name = if_given(arguments.target);
  if (!arguments.types.empty()) params.types = arguments.types;
  params.severity = if_given(arguments.severity);
  params.outcome = if_given(arguments.outcome);
  params.address = if_given(arguments.address);
  params.text = if_given(arguments.text);
  if (!arguments.room.empty()) {
    const auto room = find_any_room(client, arguments.room);
    if (!room) return room.error();
    params.room = room->id;
  }
  return params;
}

Result<void> read_audit_records(link::BlockingClient& client, protocol::AuditQuery::Params params,
                                const std::function<bool(const protocol::AuditRecord&)>& take) {
  if (!params.limit) params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  for (;;) {
    const auto page = read_page(client, params);
    if (!page) return page.error();
    for (const auto& record : page->records)
      if (!take(record)) return ok();
    if (!page->more || page->records.empty()) return ok();
    (params.after ? params.after : params.before) = page->records.back().idx;
  }
}

}  // namespace wardroom::ctl
