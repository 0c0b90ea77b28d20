#include "admin/model/update.hpp"

#include <algorithm>

#include "admin/model/announce.hpp"
#include "admin/model/audit.hpp"
#include "admin/model/backups.hpp"
#include "admin/model/browse.hpp"
#include "admin/model/bulk.hpp"
#include "admin/model/certificates.hpp"
#include "admin/model/erasure.hpp"
#include "admin/model/evidence.hpp"
#include "admin/model/imports.hpp"
#include "admin/model/leaver.hpp"
#include "admin/model/moderation.hpp"
#include "admin/model/overview.hpp"
#include "admin/model/pages.hpp"
#include "admin/model/people.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/retention.hpp"
#include "admin/model/room_editing.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/saved_list.hpp"
#include "admin/model/session_life.hpp"
#include "admin/model/sessions.hpp"
#include "admin/model/settings.hpp"
#include "admin/model/sign_in.hpp"
#include "admin/model/sorting.hpp"
#include "admin/model/turn.hpp"
#include "admin/model/verification.hpp"
#include "common/desk/model/watch_turn.hpp"

namespace wardroom::admin {
namespace {

void fold(Turn& turn, const Tick& event) {
  State& state = turn.state;
  // Words such as "today" change with the day.
  if (local_day(state.zone, event.wall) != local_day(state.zone, state.wall)) ++state.revision;
  desk::take_time(state, event);
  if (state.toasts.drop_old(state.now)) ++state.revision;
  search_when_due(turn);
  search_rooms_when_due(turn);
  find_successors_when_due(turn);
  resume_import_when_due(turn);
  resume_bulk_when_due(turn);
  tail_when_due(turn);
  load_stats_when_due(turn);
  load_backups_when_due(turn);
}

template <class Input>
Effects run(State& state, const Input& input) {
  Effects effects;
  Turn turn{{state, effects}};
  std::visit([&](const auto& one) { fold(turn, one); }, input);
  go_on_saving(turn);
  close_useless_dialog(turn);
  verify_records(turn);
  watch_log(turn);
  return effects;
}

}  // namespace

Effects update(State& state, const Action& action) {
  ++state.revision;
  return run(state, action);
}

Effects update(State& state, const Event& event) {
  // All but the time can be seen; what the time changes counts for itself.
  if (!std::holds_alternative<Tick>(event)) ++state.revision;
  return run(state, event);
}

std::optional<TimePoint> next_tick(const State& state) {
  std::optional<TimePoint> next;
  const auto by = [&](std::optional<TimePoint> due) {
    if (due && (!next || *due < *next)) next = due;
  };
  by(state.toasts.next_end());
  by(state.people.search_due);
  by(state.people.leaver.search_due);
  by(state.rooms.search_due);
  by(state.imports.retry_at);
  by(state.people.bulk.retry_at);
  by(state.audit.tail_due);
  if (state.audit.proof_retry_at > state.now) by(state.audit.proof_retry_at);
  by(next_stats(state));
  by(next_backups(state));
  by(desk::next_watch(state));
  return next;
}

}  // namespace wardroom::admin
