#include "client/model/durable_events.hpp"

#include <algorithm>

#include "client/model/composer.hpp"
#include "client/model/direct.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/incoming.hpp"
#include "client/model/length_words.hpp"
#include "client/model/message_links.hpp"
#include "client/model/notifications.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/pins.hpp"
#include "client/model/reading.hpp"
#include "client/model/rooms.hpp"
#include "client/model/saved.hpp"
#include "client/model/standing.hpp"
#include "client/model/surroundings.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_writing.hpp"
#include "client/model/trimming.hpp"

namespace wardroom::client {
namespace {

void add_notice(Turn& turn, RoomState& room, Seq seq, Notice notice) {
  need_person(turn, notice.who);
  if (notice.by.is_set()) need_person(turn, notice.by);
  room.timeline.put(seq, std::move(notice), turn.state.ids.next_key());
}

// More than counters changed: a list that was made before doesn't know it, and what may be done to messages
// may be another.
void changed_state(Turn& turn, RoomState& room, Seq seq) {
  room.state_seq = std::max(room.state_seq, seq);
  store_room(turn, room);
  ++turn.state.revisions.ui;
}

void change_message(Turn& turn, RoomState& room, MessageChange change, UserId by) {
  need_person(turn, by);
  room.timeline.change(change);
  change_linked(turn, change);
  change_saved(turn, change);
  remember_change(room, change);
  change_in_threads(turn, room.info.id, change);
  turn.effect(ChangeMessage{std::move(change), room.coverage});
}

// As far as it is known here; of what isn't loaded it may have some.
bool has_files(const State& state, const RoomState& room, Seq seq) {
  const auto* message = find_message(state, room.info.id, seq);
  return message ? message->files.has_value() : state.files.room == room.info.id;
}

void reload_pins_with(Turn& turn, RoomState& room, Seq message) {
  const bool is_pinned = std::any_of(room.pins.begin(), room.pins.end(),
                                     [&](const protocol::Message& one) { return one.seq == message; });
  if (!is_pinned) return;
  room.pins_loaded = false;
  load_shown_pins(turn);
}

}  // namespace

void apply_event(Turn& turn, RoomState& room, const protocol::MessagePosted& event, bool fresh) {
  if (!fresh) return;  // what filled the gap brought it, perhaps with later edits
  forget_typing(turn, room, event.author);
  const bool own = turn.state.is_me(event.author);
  const bool in_thread = event.thread.has_value();
  if (!own && !in_thread && !turn.state.focused && unread_of(room) == 0)
    room.unread_after = room.info.marker.seq;
  if (own && !in_thread) room.unread_after.reset();
  if (own) note_posted(turn.state, room, event.at);
  if (own && !(event.client_id && is_waiting(turn.state, *event.client_id))) note_elsewhere(turn);
  protocol::Message message;
  message.seq = event.seq;
  message.at = event.at;
  message.author = event.author;
  message.text = event.text;
  message.client_id = event.client_id;
  message.reply_to = event.reply_to;
  message.files = event.files;
  message.thread = event.thread;
  count_messages(turn, room, {message});
  // Whoever wrote it here saw what stands before it.
  if (own && !in_thread && event.client_id && is_waiting(turn.state, *event.client_id)) mark_read(turn, room);
  notify_of(turn, room, message);
  take_messages(turn, room, {message});
  store_room(turn, room);
  if (message.files) files_changed(turn, room.info.id);
}

void apply_event(Turn& turn, RoomState& room, const protocol::MessageEdited& event, bool) {
  change_message(turn, room, event, event.by);
  reload_pins_with(turn, room, event.message);
}

void apply_event(Turn& turn, RoomState& room, const protocol::MessageDeleted& event, bool) {
  // First: afterwards nobody knows any more whether its text was changed.
  leave_deleted(turn, room, event.message);
  leave_deleted_in_threads(turn, room.info.id, event.message);
  forget_notified(turn, room, event.message);
  if (has_files(turn.state, room, event.message)) files_changed(turn, room.info.id);
  change_message(turn, room, event, event.by);
  reload_pins_with(turn, room, event.message);
  if (room.reply_to == event.message) room.reply_to.reset();
}

void apply_event(Turn& turn, RoomState& room, const protocol::MessageRestored& event, bool) {
  need_person(turn, event.message.author);
  change_message(turn, room, event, event.by);
  if (event.message.files) files_changed(turn, room.info.id);
  if (!event.message.pinned.value_or(false)) return;
  room.pins_loaded = false;
  load_shown_pins(turn);
}

void apply_event(Turn& turn, RoomState& room, const protocol::MessageReacted& event, bool) {
  change_message(turn, room, event, event.user);
}

void apply_event(Turn& turn, RoomState& room, const protocol::MessagePinned& event, bool) {
  change_message(turn, room, event, event.by);
  room.pins_loaded = false;
  load_shown_pins(turn);
}

namespace {

Notice::Kind kind_notice(const protocol::RoomUpdated& event) {
  using Kind = Notice::Kind;
  if (event.kind == protocol::RoomKind::private_) return Kind::made_private;
  return event.open_history.value_or(false) ? Kind::opened_with_history : Kind::opened_from_now;
}

}  // namespace

void apply_event(Turn& turn, RoomState& room, const protocol::RoomUpdated& event, bool) {
  using Kind = Notice::Kind;
  auto& info = room.info;
  // One event, one row: the first of them that changed says it. Who may read here comes before all else.
  if (event.kind) add_notice(turn, room, event.seq, {kind_notice(event), event.at, event.by, {}, {}});
  if (event.name != info.name)
    add_notice(turn, room, event.seq, {Kind::renamed, event.at, event.by, {}, event.name});
  if (event.topic != info.topic)
    add_notice(turn, room, event.seq, {Kind::topic, event.at, event.by, {}, event.topic});
  if (event.locked != info.locked)
    add_notice(turn, room, event.seq,
               {event.locked ? Kind::locked : Kind::unlocked, event.at, event.by, {}, {}});
  if (event.slow_mode_s != info.slow_mode_s)
    add_notice(turn, room, event.seq,
               {Kind::slow_mode, event.at, event.by, {}, length_words(event.slow_mode_s)});
  info.name = event.name;
  info.topic = event.topic;
  info.locked = event.locked;
  info.slow_mode_s = event.slow_mode_s;
  if (event.kind) info.kind = *event.kind;
  changed_state(turn, room, event.seq);
}

void apply_event(Turn& turn, RoomState& room, const protocol::RoomArchived& event, bool) {
  room.info.archived = event.on;
  add_notice(turn, room, event.seq,
             {event.on ? Notice::Kind::archived : Notice::Kind::unarchived, event.at, event.by, {}, {}});
  changed_state(turn, room, event.seq);
}

void apply_event(Turn& turn, RoomState& room, const protocol::RoomTrimmed& event, bool) {
  trim_room(turn, room, event.before);
  changed_state(turn, room, event.seq);
}

void apply_event(Turn& turn, RoomState& room, const protocol::DirectChanged& event, bool) {
  add_notice(turn, room, event.seq, {direct_notice(room, event), event.at, event.by, {}, "conversation"});
  change_direct(turn, room, event);
  changed_state(turn, room, event.seq);
}

void apply_event(Turn& turn, RoomState& room, const protocol::MemberJoined& event, bool) {
  learn_people(turn, {event.user});
  if (std::none_of(room.members.begin(), room.members.end(),
                   [&](const RoomMember& m) { return m.user == event.user.id; }))
    room.members.push_back({event.user.id, protocol::RoomRole::member, false});
  turn.state.watch_due = true;
  const UserId by = event.by.value_or(UserId{});
  const bool added = by.is_set() && by != event.user.id;
  add_notice(turn, room, event.seq,
             {added ? Notice::Kind::added : Notice::Kind::joined, event.at, event.user.id, by, {}});
}

void apply_event(Turn& turn, RoomState& room, const protocol::MemberLeft& event, bool) {
  std::erase_if(room.members, [&](const RoomMember& m) { return m.user == event.user; });
  forget_typing(turn, room, event.user);
  turn.state.watch_due = true;
  const UserId by = event.by.value_or(UserId{});
  const bool removed = by.is_set() && by != event.user;
  add_notice(turn, room, event.seq,
             {removed ? Notice::Kind::removed : Notice::Kind::left, event.at, event.user, by, {}});
}

void apply_event(Turn& turn, RoomState& room, const protocol::MemberChanged& event, bool) {
  learn_people(turn, {event.user});
  for (auto& member : room.members)
    if (member.user == event.user.id) member = {event.user.id, event.role, event.muted};
  if (!turn.state.is_me(event.user.id)) return;
  room.info.role = event.role;
  // Why and until when comes to the person alone (moderation.applied).
  if (!event.muted) room.info.muted.reset();
  if (event.muted && !room.info.muted) room.info.muted.emplace();
  room.timeline.touch_all();
  changed_state(turn, room, event.seq);
}

}  // namespace wardroom::client
