#include "client/model/draft_sync.hpp"

#include <set>
#include <utility>

#include "client/model/composer.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::seconds kTellAfter{2};
constexpr std::chrono::seconds kTellAgainAfter{10};

// The message that is being changed stands in `draft` then, and isn't one.
std::string& own_draft(RoomState& room) {
  return room.editing ? room.kept_draft : room.draft;
}

void take_draft(Turn& turn, RoomState& room, const std::string& text) {
  std::string& own = own_draft(room);
  if (own == text) return;
  own = text;
  if (!room.editing) ++room.draft_version;
  turn.effect(SaveDraft{room.info.id, text});
  ++turn.state.revisions.rooms;
}

// What another device wrote, as the server has it now. What the server was known to have before tells who
// changed it since.
void meet_draft(Turn& turn, RoomState& room, const std::string& elsewhere) {
  const std::string before = std::exchange(room.draft_told, elsewhere).value_or("");
  const std::string here = own_draft(room);
  if (here == elsewhere) return;
  if (elsewhere == before) return draft_changed(turn, room);
  if (here == before) return take_draft(turn, room, elsewhere);
  const std::string both = joined_drafts(here, elsewhere);
  take_draft(turn, room, both);
  if (both != elsewhere) draft_changed(turn, room);
}

}  // namespace

std::string joined_drafts(const std::string& here, const std::string& elsewhere) {
  if (here.find(elsewhere) != std::string::npos) return here;
  if (elsewhere.find(here) != std::string::npos) return elsewhere;
  return here + "\n" + elsewhere;
}

void draft_changed(Turn& turn, RoomState& room) {
  room.draft_tell_at = turn.state.now + kTellAfter;
}

void tell_draft(Turn& turn, RoomState& room) {
  if (!room.draft_tell_at) return;
  const std::string& text = own_draft(room);
  if (text == room.draft_told.value_or("") || text.size() > protocol::kMaxTextBytes) {
    room.draft_tell_at.reset();
    return;
  }
  State& state = turn.state;
  if (state.draft_origin.empty()) state.draft_origin = state.ids.next_uuid(state.wall);
  // Offline it stays to be told.
  if (!turn.call<protocol::DraftSet>({room.info.id, std::nullopt, text, room.reply_to, state.draft_origin}))
    return;
  room.draft_tell_at.reset();
}

void tell_due_drafts(Turn& turn) {
  if (!turn.state.online()) return;
  for (auto& [id, room] : turn.state.rooms)
    if (room.draft_tell_at && *room.draft_tell_at <= turn.state.now) tell_draft(turn, room);
}

std::optional<TimePoint> next_draft(const State& state) {
  std::optional<TimePoint> next;
  if (!state.online()) return next;
  for (const auto& [id, room] : state.rooms)
    if (room.draft_tell_at && (!next || *room.draft_tell_at < *next)) next = room.draft_tell_at;
  return next;
}

void load_drafts(Turn& turn) {
  turn.call<protocol::DraftList>({});
}

void fold(Turn& turn, const Answer<protocol::DraftSet>& answer) {
  auto* room = turn.state.find_room(answer.params.room);
  if (!room) return;
  if (answer.result) {
    room->draft_told = answer.params.text;
    return;
  }
  // Whatever else is wrong, it is told again with the next keys; on this PC it is kept.
  const auto code = answer.result.error().code;
  if (code == ErrorCode::unavailable || code == ErrorCode::rate_limited)
    room->draft_tell_at = turn.state.now + kTellAgainAfter;
}

void fold(Turn& turn, const Answer<protocol::DraftList>& answer) {
  if (!answer.result) return;
  std::set<RoomId> met;
  for (const auto& draft : answer.result->drafts) {
    auto* room = turn.state.find_room(draft.room);
    if (!room || draft.thread) continue;
    met.insert(draft.room);
    meet_draft(turn, *room, draft.text);
  }
  // The others were sent or thrown away elsewhere meanwhile; or the server never heard of them.
  for (auto& [id, room] : turn.state.rooms)
    if (!met.contains(id)) meet_draft(turn, room, "");
}

void fold(Turn& turn, const protocol::DraftChanged& event) {
  auto* room = turn.state.find_room(event.draft.room);
  const bool own = event.origin && *event.origin == turn.state.draft_origin;
  if (!room || event.draft.thread || own) return;
  meet_draft(turn, *room, event.draft.text);
}

}  // namespace wardroom::client
