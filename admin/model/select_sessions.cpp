#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

SessionRow row_of(const State& state, const protocol::SessionInfo& session) {
  SessionRow row;
  row.id = session.id;
  row.person = session.user.id;
  row.person_name = session.user.display_name;
  row.device = session.device.empty() ? "without a name" : session.device;
  row.client = session.client;
  row.from = session.ip;
  row.since = past_text(state.zone, session.created_at, state.wall);
  row.last_used = past_text(state.zone, session.last_used_at, state.wall);
  row.expires = moment_text(state.zone, session.expires_at);
  row.connected = session.connected;
  row.current = session.current;
  return row;
}

}  // namespace

SessionsProps select_sessions(const State& state) {
  const auto& sessions = state.sessions;
  SessionsProps props;
  props.rows.reserve(sessions.rows.size());
  for (const auto& session : sessions.rows) props.rows.push_back(row_of(state, session));
  props.sort = sessions.shown;
  props.list = sessions.list_number;
  if (sessions.loaded) {
    const auto count = static_cast<std::int64_t>(sessions.rows.size());
    props.summary = sessions.more ? "the last used of many" : counted(count, "session");
    if (!sessions.gathered.empty())
      props.summary = "Sorting: " + grouped(static_cast<std::int64_t>(sessions.gathered.size())) + " so far";
    else if (sessions.person)
      props.summary += " of " + sessions.person_name;
  }
  props.person = sessions.person ? sessions.person_name : "";
  props.loading = sessions.loading || (!sessions.loaded && sessions.error.empty());
  props.more = sessions.more;
  props.error = sessions.error;
  props.filter_error = sessions.filter_error;
  props.selected = sessions.selected;
  return props;
}

}  // namespace wardroom::admin
