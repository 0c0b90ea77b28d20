#include "client/model/update.hpp"

#include <algorithm>

#include "client/model/account_security.hpp"
#include "client/model/announcement.hpp"
#include "client/model/attention.hpp"
#include "client/model/composer.hpp"
#include "client/model/date_jump.hpp"
#include "client/model/direct.hpp"
#include "client/model/downloads.hpp"
#include "client/model/draft_sync.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/forwarding.hpp"
#include "client/model/history.hpp"
#include "client/model/incoming.hpp"
#include "client/model/message_acts.hpp"
#include "client/model/message_links.hpp"
#include "client/model/notifications.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/pictures.hpp"
#include "client/model/pins.hpp"
#include "client/model/profile.hpp"
#include "client/model/reading.hpp"
#include "client/model/reasons.hpp"
#include "client/model/room_changes.hpp"
#include "client/model/rooms.hpp"
#include "client/model/saved.hpp"
#include "client/model/search.hpp"
#include "client/model/seen_by.hpp"
#include "client/model/session_life.hpp"
#include "client/model/settings.hpp"
#include "client/model/side_bar_places.hpp"
#include "client/model/sign_in.hpp"
#include "client/model/spelling.hpp"
#include "client/model/standing.hpp"
#include "client/model/surroundings.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/thread_writing.hpp"
#include "client/model/trimming.hpp"
#include "client/model/turn.hpp"
#include "client/model/uploads.hpp"
#include "common/desk/model/watch_turn.hpp"

namespace wardroom::client {
namespace {

// What comes often, and counts up by itself the parts that it changes. All else can be seen.
using CountForThemselves =
    boost::mp11::mp_list<Tick, ChangeDraft, DraftInThread, SeenNewest, SeenUpTo, SeenInThread, OutboxSaved,
                         protocol::MessagePosted, protocol::MarkerMoved, protocol::MentionCounted,
                         protocol::ThreadChanged, protocol::ThreadFollowed, protocol::PresenceChanged,
                         protocol::Typing>;

template <class Input>
Effects run(State& state, const Input& input) {
  Effects effects;
  Turn turn{{state, effects}};
  std::visit(
      [&]<class One>(const One& one) {
        fold(turn, one);
        if constexpr (!boost::mp11::mp_contains<CountForThemselves, One>::value) ++state.revisions.ui;
      },
      input);
  start_uploads(turn);
  send_outbox(turn);
  ask_for_missing_people(turn);
  watch_presence(turn);
  survey_presence(turn);
  watch_log(turn);
  withdraw_read(turn);
  watch_idle(turn);
  tell_tray(turn);
  return effects;
}

void sooner(std::optional<TimePoint>& next, TimePoint at) {
  if (!next || at < *next) next = at;
}

}  // namespace

Effects update(State& state, const Action& action) {
  return run(state, action);
}
Effects update(State& state, const Event& event) {
  return run(state, event);
}

std::optional<TimePoint> next_tick(const State& state) {
  std::optional<TimePoint> next;
  if (const auto end = state.toasts.next_end()) sooner(next, *end);
  if (const auto thread = next_thread_tick(state)) sooner(next, *thread);
  for (const auto& [id, room] : state.rooms) {
    for (const auto& [user, until] : room.typing) sooner(next, until);
    if (room.info.muted && room.info.muted->until && *room.info.muted->until > state.wall)
      sooner(next, desk::when_wall_shows(state, *room.info.muted->until));
    if (room.draft_due) sooner(next, *room.draft_due);
    if (!state.online()) continue;
    if (room.marker_due) sooner(next, *room.marker_due);
    if (!room.catching_up && !room.relist && room.highest_seen > room.coverage.to)
      sooner(next, std::max(room.catch_up_at, state.now));
  }
  // The countdown of slow mode is on the screen.
  if (const auto* room = state.find_room(state.open_room); room && slow_mode_wait(state, *room).count() > 0)
    sooner(next, state.now + std::chrono::seconds{1});
  if (state.online())
    for (const auto& entry : state.outbox)
      if (entry.state == OutboxEntry::State::waiting && entry.retry_at > state.now)
        sooner(next, entry.retry_at);
  if (state.online())
    for (const auto& upload : state.uploads)
      if (upload.state == Upload::State::waiting && upload.retry_at > state.now)
        sooner(next, upload.retry_at);
  if (const auto end = announcement_end(state)) sooner(next, desk::when_wall_shows(state, *end));
  if (const auto change = next_attention_change(state)) sooner(next, desk::when_wall_shows(state, *change));
  if (const auto watch = desk::next_watch(state)) sooner(next, *watch);
  if (const auto idle = next_idle(state)) sooner(next, *idle);
  if (const auto survey = next_survey(state)) sooner(next, *survey);
  if (const auto draft = next_draft(state)) sooner(next, std::max(*draft, state.now));
  return next;
}

}  // namespace wardroom::client
