#include "client/model/saved.hpp"

#include <algorithm>

#include "client/model/people.hpp"
#include "client/model/room_name.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/thread.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

void ask_saved(Turn& turn, std::optional<protocol::Beyond> beyond) {
  turn.state.saved.loading = turn.call<protocol::SavedList>({beyond, protocol::kMaxPage});
}

auto find_saved(State& state, RoomId room, Seq seq) {
  return std::ranges::find_if(state.saved.rows, [&](const protocol::SavedMessage& one) {
    return one.room == room && one.message.seq == seq;
  });
}

}  // namespace

void load_saved(Turn& turn) {
  auto& saved = turn.state.saved;
  if (saved.loading) {
    saved.again = true;
    return;
  }
  saved.again = false;
  ask_saved(turn, std::nullopt);
}

std::set<Seq> saved_in(const State& state, RoomId room) {
  std::set<Seq> found;
  for (const auto& one : state.saved.rows)
    if (one.room == room) found.insert(one.message.seq);
  return found;
}

SavedProps select_saved(const State& state) {
  SavedProps props;
  props.shown = true;
  props.loading = state.saved.loading && !state.saved.loaded;
  props.error = state.saved.error;
  if (!state.saved.loaded && !state.online())
    props.error = tr("You're offline. Saved messages are shown when the connection is back.");
  for (const auto& one : state.saved.rows) {
    const auto* room = state.find_room(one.room);
    const bool direct = room && room->info.kind == protocol::RoomKind::direct;
    const std::string where = room ? (direct ? "" : "#") + room_name(state, *room) : tr("a room");
    const bool deleted = one.message.deleted.value_or(false);
    props.rows.push_back({{one.room, one.message.seq},
                          person_name(state, one.message.author),
                          where + ", " + desk::past_text(state.zone, one.message.at, state.wall),
                          deleted                    ? tr("This message was deleted.")
                          : one.message.text.empty() ? excerpt_of(one.message)
                                                     : one.message.text});
  }
  return props;
}

void change_saved(Turn& turn, const MessageChange& change) {
  const auto at = find_saved(turn.state, room_of(change), message_of(change));
  if (at == turn.state.saved.rows.end()) return;
  apply_change(at->message, change);
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const SaveMessage& action) {
  const auto& [room, seq] = action.place;
  if (!turn.call<protocol::SavedSet>({room, seq, action.on})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const ToggleSaved&) {
  State& state = turn.state;
  state.saved.shown = leave_threads(turn) || !state.saved.shown;
  if (!state.saved.shown) return;
  state.search.shown = false;
  if (!state.saved.loaded) load_saved(turn);
}

void fold(Turn& turn, const Answer<protocol::SavedList>& answer) {
  auto& saved = turn.state.saved;
  saved.loading = false;
  if (!answer.result) {
    saved.error = answer.result.error().message;
    return;
  }
  saved.error.clear();
  learn_people(turn, answer.result->users);
  const auto& page = answer.result->saved;
  if (!answer.params.beyond) saved.rows.clear();
  saved.rows.insert(saved.rows.end(), page.begin(), page.end());
  if (saved.again) return load_saved(turn);
  if (answer.result->more && !page.empty() && saved.rows.size() < protocol::kMaxSaved)
    return ask_saved(turn, protocol::Beyond{page.back().saved_at, page.back().room, page.back().message.seq});
  saved.loaded = true;
}

void fold(Turn& turn, const Answer<protocol::SavedSet>& answer) {
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  fold(turn, protocol::SavedChanged{answer.params.room, answer.params.seq, answer.params.on});
}

// The event has no text: of what was saved the list is asked for anew. Answer and event tell the same.
void fold(Turn& turn, const protocol::SavedChanged& event) {
  State& state = turn.state;
  const auto at = find_saved(state, event.room, event.seq);
  const bool there = at != state.saved.rows.end();
  if (there == event.on) return;
  if (event.on) return load_saved(turn);
  state.saved.rows.erase(at);
}

}  // namespace wardroom::client
