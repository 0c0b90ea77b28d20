#include "client/model/rooms.hpp"

#include <algorithm>

#include "client/model/composer.hpp"
#include "client/model/direct.hpp"
#include "client/model/draft_sync.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/history.hpp"
#include "client/model/incoming.hpp"
#include "client/model/message_links.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/pins.hpp"
#include "client/model/reading.hpp"
#include "client/model/room_name.hpp"
#include "client/model/room_order.hpp"
#include "client/model/settings.hpp"
#include "client/model/thread.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

// The list is a snapshot; events that it doesn't know yet may have been folded in. False: it doesn't know all
// that changed more than counters, and must be asked again.
bool take_listed(RoomState& room, const protocol::MyRoom& listed) {
  auto& info = room.info;
  const auto before = info;
  info = listed;
  info.marker = before.marker;
  info.mentions = before.mentions;
  if (before.seq > listed.seq) {
    info.seq = before.seq;
    info.count = before.count;
    info.last_at = before.last_at;
  }
  const bool knows_all = room.state_seq <= listed.seq;
  if (!knows_all) {
    info.name = before.name;
    info.topic = before.topic;
    info.archived = before.archived;
    info.locked = before.locked;
    info.slow_mode_s = before.slow_mode_s;
    info.direct = before.direct;
    info.requested_by = before.requested_by;
    info.accepted = before.accepted;
    info.role = before.role;
    info.muted = before.muted;
  }
  const bool same = before.role == info.role && before.archived == info.archived &&
                    before.locked == info.locked && before.direct == info.direct;
  if (!same) room.timeline.touch_all();
  take_marker(room, listed.marker, listed.mentions);
  return knows_all;
}

void take_new(Turn& turn, RoomState& room, const protocol::MyRoom& listed) {
  room.info = listed;
  room.relist = false;
  room.coverage = {next(listed.seq), listed.seq};
  auto& strays = turn.state.strays;
  if (const auto stray = strays.find(listed.id); stray != strays.end()) room.highest_seen = stray->second;
  strays.erase(listed.id);
}

void take_room(Turn& turn, const protocol::MyRoom& listed) {
  auto [at, fresh] = turn.state.rooms.try_emplace(listed.id);
  RoomState& room = at->second;
  if (listed.users) learn_people(turn, *listed.users);
  if (fresh || room.relist) {
    take_new(turn, room, listed);
    tell_of_request(turn, room);
  } else {
    if (!take_listed(room, listed)) list_rooms(turn);
    // Nothing of it is kept, so there is nothing to be caught up with.
    if (room.coverage.from > room.coverage.to && !room.timeline.loaded() && listed.seq > room.coverage.to)
      room.coverage = {next(listed.seq), listed.seq};
  }
  room.highest_seen = std::max(room.highest_seen, listed.seq);
  store_room(turn, room);
  if (room.highest_seen > room.coverage.to) catch_up(turn, room);
  turn.state.watch_due = true;
  ++turn.state.revisions.rooms;
  ++turn.state.revisions.ui;
}

void enter(Turn& turn, const Result<protocol::RoomResult>& result, FormState& form) {
  form.busy = false;
  if (!result) {
    form.error = result.error().message;
    return;
  }
  form.error.clear();
  turn.state.dialog = Dialog::none;
  take_room(turn, result->room);
  open_room(turn, result->room.id);
}

}  // namespace

bool join_by_name(Turn& turn, std::string name, const Typed& typed) {
  if (name.starts_with('#')) name.erase(0, 1);
  for (const auto& [id, room] : turn.state.rooms)
    if (room.info.kind != protocol::RoomKind::direct && same_name(room.info.name, name)) {
      open_room(turn, id);
      return true;
    }
  protocol::RoomBrowse::Params params;
  params.query = name;
  const bool sent = turn.call<protocol::RoomBrowse>(std::move(params), ToJoin{std::move(name), typed});
  if (!sent) show_toast(turn, offline_text());
  return sent;
}

void list_rooms(Turn& turn) {
  if (turn.state.rooms_listing) {
    turn.state.rooms_list_again = true;
    return;
  }
  turn.state.rooms_listing = turn.call<protocol::RoomList>({});
}

void open_room(Turn& turn, RoomId id) {
  State& state = turn.state;
  auto* room = state.find_room(id);
  if (!room) {
    state.opening = id;
    return;
  }
  state.opening = {};
  if (state.open_room == id) return ensure_window(turn, *room);
  if (auto* before = state.find_open_room()) {
    save_draft(turn, *before);
    tell_draft(turn, before->info.id);
    before->unread_after.reset();
    shrink_window(*before);
  }
  close_thread(turn);
  state.open_room = id;
  state.settings.last_room = id;
  save_settings(turn);
  ++room->draft_version;
  room->unread_after.reset();
  room->marker_held = false;
  room->jump_to = {};
  if (unread_of(*room) > 0) room->unread_after = room->info.marker.seq;
  state.watch_due = true;
  ++state.revisions.rooms;
  open_at_unread(turn, *room);
  if (!room->members_loaded) load_members(turn, *room);
  load_shown_pins(turn);
  load_shown_files(turn);
}

void load_members(Turn& turn, RoomState& room) {
  if (room.members_loading) return;
  room.members_loading = turn.call<protocol::RoomMembers>({room.info.id});
}

void forget_room(Turn& turn, RoomId id) {
  State& state = turn.state;
  const auto* room = state.find_room(id);
  if (!room) return;
  const std::string name = room_name(state, *room);
  const bool kept = keep_unsent(turn, *room);
  forget_threads(turn, id);
  state.rooms.erase(id);
  forget_linked(turn, id);
  turn.effect(DropRoom{id});
  if (kept)
    show_toast(turn, tr("You're no longer in {0}. What you hadn't sent there is back if you rejoin.", name));
  ++state.revisions.rooms;
  ++state.revisions.ui;
  ++state.revisions.outbox;
  if (state.open_room != id) return;
  state.open_room = {};
  const auto order = room_order(state);
  if (!order.empty()) open_room(turn, order.front());
}

void fold(Turn& turn, const Answer<protocol::RoomList>& answer) {
  State& state = turn.state;
  state.rooms_listing = false;
  if (std::exchange(state.rooms_list_again, false)) list_rooms(turn);
  if (!answer.result) return;
  std::set<RoomId> listed;
  for (const auto& room : answer.result->rooms) {
    listed.insert(room.id);
    take_room(turn, room);
  }
  std::vector<RoomId> gone;
  for (const auto& [id, room] : state.rooms)
    if (!listed.contains(id)) gone.push_back(id);
  for (const RoomId id : gone) forget_room(turn, id);
  state.strays.clear();
  if (state.opening.is_set() && state.find_room(state.opening)) open_room(turn, state.opening);
  if (!state.find_open_room()) {
    const auto order = room_order(state);
    if (!order.empty())
      open_room(turn, state.find_room(state.settings.last_room) ? state.settings.last_room : order.front());
  }
  if (auto* room = state.find_open_room()) ensure_window(turn, *room);
  load_drafts(turn);
  follow_wanted_link(turn);
}

void fold(Turn& turn, const Answer<protocol::RoomBrowse>& answer) {
  State& state = turn.state;
  if (!answer.result) {
    state.browse_form.busy = false;
    state.browse_form.error = answer.result.error().message;
    return;
  }
  if (!answer.params.after) state.browse.clear();
  const auto& rooms = answer.result->rooms;
  state.browse.insert(state.browse.end(), rooms.begin(), rooms.end());
  if (answer.result->more && !rooms.empty()) {
    auto params = answer.params;
    params.after = rooms.back().name;
    turn.call<protocol::RoomBrowse>(std::move(params));
    return;
  }
  state.browse_form.busy = false;
}

// The directory search matches parts, and topics: the one room that the command means may be on a later page.
void fold(Turn& turn, const Answer<protocol::RoomBrowse, ToJoin>& answer) {
  if (!answer.result) {
    give_back(turn, answer.purpose.typed);
    return show_toast(turn, answer.result.error().message);
  }
  const auto& rooms = answer.result->rooms;
  for (const auto& room : rooms)
    if (same_name(room.name, answer.purpose.name)) return fold(turn, JoinRoom{room.id});
  if (answer.result->more && !rooms.empty() && rooms.back().name != answer.params.after) {
    auto params = answer.params;
    params.after = rooms.back().name;
    if (turn.call<protocol::RoomBrowse>(std::move(params), ToJoin{answer.purpose})) return;
    give_back(turn, answer.purpose.typed);
    return show_toast(turn, offline_text());
  }
  give_back(turn, answer.purpose.typed);
  show_toast(turn, tr("There's no public room called #{0}.", answer.purpose.name));
}

void fold(Turn& turn, const Answer<protocol::RoomCreate>& answer) {
  enter(turn, answer.result, turn.state.create_form);
}

void fold(Turn& turn, const Answer<protocol::RoomUpdate>& answer) {
  if (!answer.result) show_toast(turn, answer.result.error().message);
}

void fold(Turn& turn, const Answer<protocol::RoomJoin>& answer) {
  if (!answer.result) show_toast(turn, answer.result.error().message);
  enter(turn, answer.result, turn.state.browse_form);
}

void fold(Turn& turn, const Answer<protocol::RoomLeave>& answer) {
  if (!answer.result) return show_toast(turn, answer.result.error().message);
  forget_room(turn, answer.params.room);
}

void fold(Turn& turn, const Answer<protocol::RoomMembers>& answer) {
  auto* room = turn.state.find_room(answer.params.room);
  if (!room) return;
  room->members_loading = false;
  ++turn.state.revisions.rooms;
  if (!answer.result) return;
  std::vector<protocol::User> users;
  room->members.clear();
  for (const auto& member : answer.result->members) {
    users.push_back(member.user);
    room->members.push_back({member.user.id, member.role, member.muted.value_or(false)});
  }
  room->members_loaded = true;
  learn_people(turn, users);
  turn.state.watch_due = true;
}

void fold(Turn& turn, const Answer<protocol::DirectOpen>& answer) {
  if (!answer.result && turn.state.dialog != Dialog::new_direct)
    show_toast(turn, answer.result.error().message);
  enter(turn, answer.result, turn.state.direct_form);
}

// It lacks the marker, which is the person's own.
void fold(Turn& turn, const protocol::RoomCreated& event) {
  if (!turn.state.find_room(event.room.id)) list_rooms(turn);
}

void fold(Turn& turn, const OpenRoom& action) {
  turn.state.dialog = Dialog::none;
  open_room(turn, action.room);
}

void fold(Turn& turn, const StepRoom& action) {
  const auto order = room_order(turn.state);
  if (order.empty() || action.by == 0) return;
  const auto count = static_cast<std::ptrdiff_t>(order.size());
  const auto here = std::find(order.begin(), order.end(), turn.state.open_room);
  auto index = here == order.end() ? (action.by > 0 ? -1 : count) : here - order.begin();
  const std::ptrdiff_t step = action.by > 0 ? 1 : -1;
  for (std::ptrdiff_t tries = 0; tries < count; ++tries) {
    index = (index + step + count) % count;
    const RoomId id = order[static_cast<std::size_t>(index)];
    if (action.unread_only && unread_of(*turn.state.find_room(id)) == 0) continue;
    return open_room(turn, id);
  }
}

void fold(Turn& turn, const JoinRoom& action) {
  if (turn.state.find_room(action.room)) return fold(turn, OpenRoom{action.room});
  turn.state.browse_form = {turn.call<protocol::RoomJoin>({action.room}), {}, {}};
  if (!turn.state.online()) turn.state.browse_form.error = offline_text();
}

void fold(Turn& turn, const LeaveRoom& action) {
  if (!turn.call<protocol::RoomLeave>({action.room})) show_toast(turn, offline_text());
}

void fold(Turn& turn, const CreateRoom& action) {
  protocol::RoomCreate::Params params;
  params.name = action.name;
  params.kind = action.is_private ? protocol::RoomKind::private_ : protocol::RoomKind::public_;
  if (!action.topic.empty()) params.topic = action.topic;
  turn.state.create_form = {turn.call<protocol::RoomCreate>(std::move(params)), {}, {}};
  if (!turn.state.online()) turn.state.create_form.error = offline_text();
}

void fold(Turn& turn, const OpenDirect& action) {
  turn.state.direct_form = {turn.call<protocol::DirectOpen>({action.people}), {}, {}};
  if (!turn.state.online()) {
    turn.state.direct_form.error = offline_text();
    if (turn.state.dialog != Dialog::new_direct) show_toast(turn, offline_text());
  }
}

}  // namespace wardroom::client
