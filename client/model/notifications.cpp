#include "client/model/notifications.hpp"

#include <algorithm>

#include "client/model/attention.hpp"
#include "client/model/composer.hpp"
#include "client/model/history.hpp"
#include "client/model/outbox.hpp"
#include "client/model/room_name.hpp"
#include "client/model/rooms.hpp"
#include "client/model/standing.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/thread_writing.hpp"
#include "common/base/trimmed.hpp"
#include "common/base/utf8.hpp"
#include "common/language/tr.hpp"
#include "common/text/mentions.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kNotifiedBytes = 200;
constexpr std::size_t kNotifiedLines = 4;

// A window that was moved into the history doesn't show what comes.
bool is_on_the_screen(const State& state, const RoomState& room) {
  return state.focused && state.open_room == room.info.id &&
         (room.timeline.live() || !room.timeline.loaded());
}

bool is_on_the_screen(const State& state, const RoomState& room, std::optional<Seq> thread) {
  if (thread) return state.focused && is_open(state, {room.info.id, *thread});
  return is_on_the_screen(state, room);
}

bool is_read(const State& state, const RoomState& room, const NotifiedRoom::Line& line) {
  if (line.thread) return read_in(state, {room.info.id, *line.thread}) >= line.seq;
  return room.info.marker.seq >= line.seq;
}

// A followed thread is told of whatever is told of the room, unless that is nothing; of another one only what
// names the person.
bool is_worth_telling(const State& state, const RoomState& room, const std::string& text,
                      std::optional<Seq> thread) {
  RoomLevel level = level_of(state, room);
  if (thread && level != RoomLevel::nothing)
    level = follows(state, {room.info.id, *thread}) ? RoomLevel::all : RoomLevel::mentions;
  switch (level) {
    case RoomLevel::all:
      return true;
    case RoomLevel::mentions:
      return mentions(state, text) || has_keyword(state.settings.attention.keywords, text);
    case RoomLevel::nothing:
      break;
  }
  return false;
}

// What a message says in one line of a notification.
std::string line_of(const protocol::Message& message) {
  std::string line(truncate_utf8(message.text, kNotifiedBytes));
  if (line.size() < message.text.size()) line += "…";
  if (!line.empty() || !message.files || message.files->empty()) return line;
  return message.files->size() == 1 ? tr("Sent a file: {0}", message.files->front().name)
                                    : tr_count(std::ssize(*message.files), "Sent {0} file", "Sent {0} files");
}

void tell(Turn& turn, const RoomState& room, const NotifiedRoom& notified, bool silent) {
  const State& state = turn.state;
  const bool direct = room.info.kind == protocol::RoomKind::direct;
  // Of two people one needn't be named in each line.
  const bool names_itself = direct && only_other(state, room).is_set();
  const std::string where = (direct ? "" : "#") + room_name(state, room);
  Notify notify{room.info.id, notified.first};
  if (notified.count == 1) {
    notify.title = notified.lines.back().who;
    if (!names_itself) notify.title += direct ? tr(" to you and others") : tr(" in {0}", where);
    notify.text = notified.lines.back().text;
  } else {
    notify.title = where + ": " +
                   tr_count(static_cast<std::int64_t>(notified.count), "{0} new message", "{0} new messages");
    for (const auto& line : notified.lines) {
      if (!notify.text.empty()) notify.text += "\n";
      notify.text += names_itself ? line.text : line.who + ": " + line.text;
    }
  }
  if (!state.settings.attention.shows_text) notify.text = notified.count == 1 ? tr("New message") : "";
  if (notified.count == 1 && notified.lines.back().thread) notify.title += tr(", in a thread");
  notify.may_reply = hindrance_of(state, room) == Hindrance::none;
  notify.sound = state.settings.attention.sound && !silent;
  notify.silent = silent;
  turn.effect(std::move(notify));
}

// What was told last is what is answered.
std::optional<Seq> told_thread(const State& state, RoomId room) {
  const auto at = state.attention.notified.find(room);
  if (at == state.attention.notified.end() || at->second.lines.empty()) return std::nullopt;
  return at->second.lines.back().thread;
}

void withdraw(Turn& turn, RoomId room) {
  if (turn.state.attention.notified.erase(room) > 0) turn.effect(WithdrawNotification{room});
}

}  // namespace

bool mentions(const State& state, std::string_view written) {
  if (!state.me) return false;
  const auto is_somebody = [&](const std::string& name) {
    return std::ranges::any_of(state.people,
                               [&](const auto& person) { return person.second.user.name == name; });
  };
  const auto called = text::find_mentions(written);
  return text::names_everybody(called) || std::ranges::any_of(called, [&](const text::Called& names) {
           const auto mine = std::ranges::find(names, state.me->name);
           return mine != names.end() && std::none_of(names.begin(), mine, is_somebody);
         });
}

void notify_of(Turn& turn, const RoomState& room, const protocol::Message& message) {
  State& state = turn.state;
  if (!state.me || message.author == state.me->id || is_quiet(state)) return;
  if (is_on_the_screen(state, room, message.thread)) return;
  if (!is_worth_telling(state, room, message.text, message.thread)) return;
  auto& notified = state.attention.notified[room.info.id];
  if (!notified.last.is_set()) notified = {};
  notified.lines.push_back(
      {message.seq, name_in_sentence(state, message.author), line_of(message), message.thread});
  if (notified.lines.size() > kNotifiedLines) notified.lines.erase(notified.lines.begin());
  ++notified.count;
  if (!notified.first.is_set()) notified.first = message.seq;
  notified.last = message.seq;
  tell(turn, room, notified, false);
}

void notify_of_room(Turn& turn, const RoomState& room, std::string title, std::string text) {
  turn.state.attention.notified[room.info.id] = {};
  Notify notify{room.info.id};
  notify.title = std::move(title);
  notify.text = std::move(text);
  notify.sound = turn.state.settings.attention.sound;
  turn.effect(std::move(notify));
}

void forget_notified(Turn& turn, const RoomState& room, Seq message) {
  auto& all = turn.state.attention.notified;
  const auto at = all.find(room.info.id);
  if (at == all.end()) return;
  auto& notified = at->second;
  if (std::erase_if(notified.lines, [&](const auto& line) { return line.seq == message; }) == 0) return;
  --notified.count;
  if (notified.lines.empty()) return withdraw(turn, room.info.id);
  if (notified.first == message) notified.first = notified.lines.front().seq;
  tell(turn, room, notified, true);
}

void withdraw_read(Turn& turn) {
  const State& state = turn.state;
  std::vector<RoomId> read;
  for (const auto& [id, notified] : state.attention.notified) {
    const auto* room = state.find_room(id);
    const bool seen = room && std::ranges::all_of(notified.lines, [&](const NotifiedRoom::Line& line) {
                        return is_read(state, *room, line) || is_on_the_screen(state, *room, line.thread);
                      });
    const bool told = notified.last.is_set() ? seen : room && is_on_the_screen(state, *room);
    if (!room || told) read.push_back(id);
  }
  for (const RoomId id : read) withdraw(turn, id);
}

void withdraw_all(Turn& turn) {
  while (!turn.state.attention.notified.empty()) withdraw(turn, turn.state.attention.notified.begin()->first);
}

void fold(Turn& turn, const NotificationPressed& event) {
  turn.effect(AskWindow{AskWindow::Act::raise});
  State& state = turn.state;
  if (!state.signed_in() || state.held_up() || !state.find_room(event.room)) return;
  withdraw(turn, event.room);
  state.dialog = Dialog::none;
  state.viewer = {};
  open_room(turn, event.room);
  if (event.seq.is_set()) fold(turn, JumpToMessage{event.room, event.seq});
}

// Always a message, never a command: who answers a notification sees no list of them. What can't be sent from
// here comes into the composer, and what the server refuses stays in its row.
void fold(Turn& turn, const NotificationReplied& event) {
  State& state = turn.state;
  const std::string text(trimmed(event.text));
  if (text.empty() || !state.me) return;
  const auto thread = told_thread(state, event.room);
  withdraw(turn, event.room);
  auto* room = state.find_room(event.room);
  if (!room) {
    keep_for_later(turn, event.room, text);
    return show_toast(turn, tr("Your answer wasn't sent: you're no longer in that room."));
  }
  if (text.size() > protocol::kMaxTextBytes || hindrance_of(state, *room) != Hindrance::none) {
    if (thread)
      take_into_thread_draft(turn, {event.room, *thread}, text);
    else
      take_into_draft(turn, *room, text);
    show_toast(turn,
               tr("Your answer couldn't be sent. It's in the composer of {0}.", room_name(state, *room)));
    fold(turn, NotificationPressed{event.room, {}});
    if (thread) open_thread(turn, {event.room, *thread});
    return;
  }
  send_alone(turn, *room, text, thread);
}

// Put away without being read: what comes next begins anew.
void fold(Turn& turn, const NotificationGone& event) {
  turn.state.attention.notified.erase(event.room);
}

}  // namespace wardroom::client
