#include "client/model/draft_sync.hpp"

#include <set>

#include "client/model/composer.hpp"
#include "client/model/thread.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::seconds kTellAfter{2};
constexpr std::chrono::seconds kTellAgainAfter{10};

// A draft of a room or of a thread.
struct Written {
  WritingPlace place;
  SharedDraft& shared;
  const std::string& text;
  std::optional<Seq> reply_to;
};

Written written_in(RoomState& room) {
  // While a message is edited that one stands in `draft`.
  return {room.info.id, room.shared_draft, room.editing ? room.kept_draft : room.draft, room.reply_to};
}

Written written_in(const ThreadName& name, ThreadDraft& draft) {
  return {name, draft.shared, draft.text, {}};
}

std::optional<Written> find_written(State& state, const WritingPlace& place) {
  auto* room = state.find_room(place.room);
  if (!room) return std::nullopt;
  if (!place.thread.is_set()) return written_in(*room);
  const auto draft = state.threads.drafts.find({place.room, place.thread});
  if (draft == state.threads.drafts.end()) return std::nullopt;
  return written_in(draft->first, draft->second);
}

template <class Act>
void for_each_written(State& state, Act act) {
  for (auto& [id, room] : state.rooms) act(written_in(room));
  for (auto& [name, draft] : state.threads.drafts)
    if (state.find_room(name.room)) act(written_in(name, draft));
}

void take_draft(Turn& turn, const Written& own, const std::string& text) {
  if (own.text == text) return;
  State& state = turn.state;
  ++state.revisions.rooms;
  if (!own.place.thread.is_set()) {
    auto& room = *state.find_room(own.place.room);
    (room.editing ? room.kept_draft : room.draft) = text;
    if (!room.editing) ++room.draft_version;
    turn.effect(SaveDraft{room.info.id, text});
    return;
  }
  const ThreadName name{own.place.room, own.place.thread};
  auto& draft = state.threads.drafts[name];
  draft.text = text;
  if (!draft.editing) ++draft.version;
  draft.due.reset();
  turn.effect(SaveThreadDraft{name, text});
  touch_thread(turn, name);
}

void remember_told(Turn& turn, const Written& own, const std::string& text) {
  if (own.shared.told == text) return;
  own.shared.told = text;
  turn.effect(SaveToldDraft{own.place, text});
}

// What another device wrote, as the server has it now. What the server was known to have before tells who
// changed it since.
void meet_draft(Turn& turn, const Written& own, const std::string& elsewhere) {
  const std::string before = own.shared.told.value_or("");
  remember_told(turn, own, elsewhere);
  const std::string here = own.text;
  if (here == elsewhere) return;
  if (elsewhere == before) return draft_changed(turn, own.shared);
  if (here == before) return take_draft(turn, own, elsewhere);
  const std::string both = joined_drafts(here, elsewhere);
  take_draft(turn, own, both);
  if (both != elsewhere) draft_changed(turn, own.shared);
}

void meet_draft(Turn& turn, const protocol::Draft& draft) {
  State& state = turn.state;
  if (draft.thread && !draft.text.empty() && state.find_room(draft.room))
    state.threads.drafts.try_emplace(ThreadName{draft.room, *draft.thread});
  if (const auto own = find_written(state, {draft.room, draft.thread.value_or(Seq{})}))
    meet_draft(turn, *own, draft.text);
}

void tell(Turn& turn, const Written& own) {
  if (!own.shared.tell_at) return;
  if (own.text == own.shared.told.value_or("") || own.text.size() > protocol::kMaxTextBytes) {
    own.shared.tell_at.reset();
    return;
  }
  State& state = turn.state;
  if (state.draft_origin.empty()) state.draft_origin = state.ids.next_uuid(state.wall);
  const auto thread = own.place.thread.is_set() ? std::optional(own.place.thread) : std::nullopt;
  // Offline it stays to be told.
  if (turn.call<protocol::DraftSet>({own.place.room, thread, own.text, own.reply_to, state.draft_origin}))
    own.shared.tell_at.reset();
}

}  // namespace

std::string joined_drafts(const std::string& here, const std::string& elsewhere) {
  if (here.find(elsewhere) != std::string::npos) return here;
  if (elsewhere.find(here) != std::string::npos) return elsewhere;
  return here + "\n" + elsewhere;
}

void draft_changed(const Turn& turn, SharedDraft& draft) {
  draft.tell_at = turn.state.now + kTellAfter;
}

void tell_draft(Turn& turn, const WritingPlace& place) {
  if (const auto own = find_written(turn.state, place)) tell(turn, *own);
}

void tell_due_drafts(Turn& turn) {
  if (!turn.state.online()) return;
  for_each_written(turn.state, [&](const Written& own) {
    if (own.shared.tell_at && *own.shared.tell_at <= turn.state.now) tell(turn, own);
  });
}

std::optional<TimePoint> next_draft(const State& state) {
  std::optional<TimePoint> next;
  if (!state.online()) return next;
  const auto consider = [&](const SharedDraft& draft) {
    if (draft.tell_at && (!next || *draft.tell_at < *next)) next = draft.tell_at;
  };
  for (const auto& [id, room] : state.rooms) consider(room.shared_draft);
  for (const auto& [name, draft] : state.threads.drafts)
    if (state.find_room(name.room)) consider(draft.shared);
  return next;
}

void take_told_drafts(State& state, const CachedState& cached) {
  for (const auto& [place, text] : cached.told_drafts) {
    auto* room = state.find_room(place.room);
    if (!room) continue;
    auto& shared =
        place.thread.is_set() ? state.threads.drafts[{place.room, place.thread}].shared : room->shared_draft;
    shared.told = text;
  }
}

void forget_told_drafts(State& state) {
  for_each_written(state, [](const Written& own) { own.shared.told.reset(); });
}

void load_drafts(Turn& turn) {
  turn.call<protocol::DraftList>({});
}

void fold(Turn& turn, const Answer<protocol::DraftSet>& answer) {
  const auto own = find_written(turn.state, {answer.params.room, answer.params.thread.value_or(Seq{})});
  if (!own) return;
  if (answer.result) return remember_told(turn, *own, answer.params.text);
  // Whatever else is wrong, it is told again with the next keys; on this PC it is kept.
  const auto code = answer.result.error().code;
  if (code == ErrorCode::unavailable || code == ErrorCode::rate_limited)
    own->shared.tell_at = turn.state.now + kTellAgainAfter;
}

void fold(Turn& turn, const Answer<protocol::DraftList>& answer) {
  if (!answer.result) return;
  std::set<WritingPlace> met;
  for (const auto& draft : answer.result->drafts) {
    met.insert({draft.room, draft.thread.value_or(Seq{})});
    meet_draft(turn, draft);
  }
  // The others were sent or thrown away elsewhere meanwhile; or the server never heard of them.
  for_each_written(turn.state, [&](const Written& own) {
    if (!met.contains(own.place)) meet_draft(turn, own, "");
  });
}

void fold(Turn& turn, const protocol::DraftChanged& event) {
  const bool own = event.origin && *event.origin == turn.state.draft_origin;
  if (!own) meet_draft(turn, event.draft);
}

}  // namespace wardroom::client
