#include "client/model/composer.hpp"

#include <algorithm>
#include <array>

#include "client/model/history.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/rooms.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::milliseconds kDraftPause{1'000};
constexpr std::chrono::seconds kTypingPause{3};

constexpr std::array<SlashCommand, 9> kCommands = {{
    {"/me", "/me waves", "Say what you do"},
    {"/topic", "/topic new topic", "Set the room's topic"},
    {"/join", "/join room", "Go to a public room"},
    {"/msg", "/msg name", "Write to one person"},
    {"/leave", "/leave", "Leave this room"},
    {"/online", "/online [text]", "Be shown as online"},
    {"/away", "/away [text]", "Be shown as away"},
    {"/busy", "/busy [text]", "Be shown as busy"},
    {"/keys", "/keys", "Show all keys"},
}};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

void set_draft(Turn& turn, RoomState& room, std::string text) {
  room.draft = std::move(text);
  ++room.draft_version;
  room.draft_due = turn.state.now;
  ++turn.state.revisions.rooms;
}

void write_to(Turn& turn, std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  for (const auto& [id, person] : turn.state.people)
    if (person.user.name == name) return fold(turn, OpenDirect{{id}});
  show_toast(turn, "Nobody here is called @" + std::string(name) + ".");
}

// False: it isn't a command that we know; the draft stays.
bool run_command(Turn& turn, RoomState& room, std::string_view name, std::string_view rest) {
  if (name == "/topic") {
    if (!turn.call<protocol::RoomUpdate>({room.info.id, std::nullopt, std::string(rest)}))
      show_toast(turn, "You're offline. The topic wasn't changed.");
  } else if (name == "/join" && !rest.empty()) {
    join_by_name(turn, std::string(rest));
  } else if (name == "/msg" && !rest.empty()) {
    write_to(turn, rest);
  } else if (name == "/leave") {
    fold(turn, LeaveRoom{room.info.id});
  } else if (name == "/online") {
    fold(turn, SetPresence{PresenceMark::online, std::string(rest)});
  } else if (name == "/away") {
    fold(turn, SetPresence{PresenceMark::away, std::string(rest)});
  } else if (name == "/busy") {
    fold(turn, SetPresence{PresenceMark::busy, std::string(rest)});
  } else if (name == "/keys") {
    turn.state.dialog = Dialog::keys;
    ++turn.state.revisions.ui;
  } else {
    show_toast(turn, "There is no command like that. Type / to see them all.");
    return false;
  }
  return true;
}

void post(Turn& turn, RoomState& room, std::string_view text) {
  // The answer to one's own message is at the newest end.
  if (!room.timeline.live()) fold(turn, JumpToNewest{room.info.id});
  add_to_outbox(turn, room, std::string(text));
}

}  // namespace

std::span<const SlashCommand> slash_commands() {
  return kCommands;
}

void save_draft(Turn& turn, RoomState& room) {
  if (!room.draft_due) return;
  room.draft_due.reset();
  turn.effect(SaveDraft{room.info.id, room.draft});
}

void save_due_drafts(Turn& turn) {
  for (auto& [id, room] : turn.state.rooms)
    if (room.draft_due && *room.draft_due <= turn.state.now) save_draft(turn, room);
}

void fold(Turn& turn, const SendMessage& action) {
  auto* room = turn.state.find_room(action.room);
  const std::string_view text = trimmed(action.text);
  if (!room || text.empty()) return;
  if (text.size() > protocol::kMaxTextBytes)
    return show_toast(turn, "That is longer than a message may be (16 KiB). Send it in parts.");
  const auto space = text.find_first_of(" \n");
  const std::string_view word = text.substr(0, space);
  // A path such as /etc/hosts is text.
  const bool command =
      word.size() > 1 && word.starts_with('/') && word.find('/', 1) == std::string_view::npos;
  if (command && word != "/me") {
    const std::string_view rest =
        space == std::string_view::npos ? std::string_view{} : trimmed(text.substr(space));
    set_draft(turn, *room, {});
    if (!run_command(turn, *room, word, rest))
      if ((room = turn.state.find_room(action.room))) set_draft(turn, *room, action.text);
    return;
  }
  set_draft(turn, *room, {});
  post(turn, *room, text);
}

void fold(Turn& turn, const ChangeDraft& action) {
  State& state = turn.state;
  auto* room = state.find_room(action.room);
  if (!room || room->draft == action.text) return;
  room->draft = action.text;
  ++state.revisions.rooms;
  if (!room->draft_due) room->draft_due = state.now + kDraftPause;
  const bool typing = !room->draft.empty() && !room->draft.starts_with('/');
  if (!typing || state.now < room->typing_sent_at + kTypingPause) return;
  if (turn.call<protocol::TypingSend>({room->info.id})) room->typing_sent_at = state.now;
}

// Messages can't be changed yet: the server's catalogue has no message.edit.
void fold(Turn&, const EditLast&) {}
void fold(Turn&, const CancelEdit&) {}

void fold(Turn& turn, const StartReply& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  room->reply_to = action.seq;
  ++turn.state.revisions.rooms;
}

void fold(Turn& turn, const CancelReply& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  room->reply_to.reset();
  ++turn.state.revisions.rooms;
}

}  // namespace wardroom::client
