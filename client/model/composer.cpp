#include "client/model/composer.hpp"

#include <utility>

#include "client/model/draft_sync.hpp"
#include "client/model/history.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/slash_commands.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_writing.hpp"
#include "client/model/uploads.hpp"
#include "common/base/trimmed.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::milliseconds kDraftPause{1'000};
constexpr std::chrono::seconds kTypingPause{3};

void set_draft(Turn& turn, RoomState& room, std::string text) {
  room.draft = std::move(text);
  ++room.draft_version;
  room.draft_due = turn.state.now;
  draft_changed(turn, room.shared_draft);
  ++turn.state.revisions.rooms;
}

void edit(Turn& turn, RoomState& room, const protocol::Message& message) {
  if (!room.editing) {
    save_draft(turn, room);
    room.kept_draft = room.draft;
  }
  room.editing = message.seq;
  room.reply_to.reset();
  room.draft = message.text;
  ++room.draft_version;
  ++turn.state.revisions.rooms;
}

const protocol::Message* find_own(const State& state, const RoomState& room, Seq seq) {
  const auto at = room.timeline.entries().find(seq);
  const auto* message = at == room.timeline.entries().end() ? nullptr : at->second.message();
  const bool own = message && state.is_me(message->author);
  return own && !message->deleted.value_or(false) ? message : nullptr;
}

void send_edit(Turn& turn, RoomState& room, std::string_view text) {
  const Seq seq = *room.editing;
  const auto* message = find_own(turn.state, room, seq);
  if (message && message->text == text) return stop_editing(turn, room);
  if (turn.call<protocol::MessageEdit>({room.info.id, seq, std::string(text)}))
    return stop_editing(turn, room);
  show_toast(turn, tr("You're offline. The message stays as it was."));
  room.draft = text;
  ++room.draft_version;
}

// The composer has let go of the text already, and takes it back.
void keep_typed(Turn& turn, RoomState& room, const std::string& text) {
  if (!room.editing) return set_draft(turn, room, text);
  room.draft = text;
  ++room.draft_version;
  ++turn.state.revisions.rooms;
}

void post(Turn& turn, RoomState& room, std::string_view text) {
  // The answer to one's own message is at the newest end.
  if (!room.timeline.live()) fold(turn, JumpToNewest{room.info.id});
  add_to_outbox(turn, room, std::string(text));
}

}  // namespace

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
  if (!room) return;
  const std::size_t files = room->editing ? 0 : attached_to(turn.state, action.room).size();
  if (text.empty() && files == 0) return;
  if (files > protocol::kMaxFiles) {
    show_toast(turn, tr("A message carries {0} files at most. Remove some of them first.",
                        std::to_string(protocol::kMaxFiles)));
    return keep_typed(turn, *room, action.text);
  }
  if (text.size() > protocol::kMaxTextBytes) {
    show_toast(turn,
               tr("That's longer than a message can be (16 KiB). Shorten it, send it in parts, or paste it "
                  "again and attach it as a file."));
    return keep_typed(turn, *room, action.text);
  }
  if (room->editing) return send_edit(turn, *room, text);
  const auto space = text.find_first_of(" \n");
  const std::string_view word = text.substr(0, space);
  // A path such as /etc/hosts is text.
  const bool command =
      word.size() > 1 && word.starts_with('/') && word.find('/', 1) == std::string_view::npos;
  if (command && word != "/me") {
    set_draft(turn, *room, {});
    if (!run_command(turn, *room, text))
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
  if (room->editing) return;
  if (!room->draft_due) room->draft_due = state.now + kDraftPause;
  draft_changed(turn, room->shared_draft);
  const bool typing = !room->draft.empty() && !room->draft.starts_with('/');
  if (!typing || state.now < room->typing_sent_at + kTypingPause) return;
  if (turn.call<protocol::TypingSend>({room->info.id})) room->typing_sent_at = state.now;
}

void stop_editing(Turn& turn, RoomState& room) {
  if (!room.editing) return;
  room.editing.reset();
  room.draft = std::exchange(room.kept_draft, {});
  ++room.draft_version;
  ++turn.state.revisions.rooms;
}

void take_into_draft(Turn& turn, RoomState& room, const std::string& text) {
  const std::string& own = room.editing ? room.kept_draft : room.draft;
  std::string both = own.empty() ? text : text + "\n" + own;
  if (room.editing) {
    room.kept_draft = std::move(both);
    turn.effect(SaveDraft{room.info.id, room.kept_draft});
    return show_toast(turn, tr("Your text is back in the composer once you've finished editing."), false);
  }
  set_draft(turn, room, std::move(both));
  save_draft(turn, room);
}

void leave_deleted(Turn& turn, RoomState& room, Seq message) {
  if (room.editing != message) return;
  const auto* before = find_own(turn.state, room, message);
  const std::string written = before && before->text == room.draft ? "" : room.draft;
  stop_editing(turn, room);
  if (!written.empty()) take_into_draft(turn, room, written);
}

void give_back(Turn& turn, const Typed& typed) {
  if (auto* room = turn.state.find_room(typed.room)) take_into_draft(turn, *room, typed.text);
}

void fold(Turn& turn, const EditLast& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  const auto& entries = room->timeline.entries();
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    if (const auto* message = find_own(turn.state, *room, entry->first); message && !message->thread)
      return edit(turn, *room, *message);
}

void fold(Turn& turn, const StartEdit& action) {
  auto* room = turn.state.find_room(action.room);
  const auto* message = room ? find_own(turn.state, *room, action.seq) : nullptr;
  if (message) edit(turn, *room, *message);
}

void fold(Turn& turn, const CancelEdit& action) {
  if (auto* room = turn.state.find_room(action.room)) stop_editing(turn, *room);
}

// A refused change comes back into the composer: what was typed isn't lost. Where the message can't be edited
// any more, or another one is being edited, it becomes a draft.
void fold(Turn& turn, const Answer<protocol::MessageEdit>& answer) {
  if (answer.result) return;
  show_toast(turn, answer.result.error().message);
  auto* room = turn.state.find_room(answer.params.room);
  if (!room) return;
  if (const auto* reply = find_message(turn.state, room->info.id, answer.params.seq); reply && reply->thread)
    return take_back_edit(turn, {room->info.id, *reply->thread}, reply->seq, answer.params.text);
  const auto* message = find_own(turn.state, *room, answer.params.seq);
  if (!message || room->editing) return take_into_draft(turn, *room, answer.params.text);
  edit(turn, *room, *message);
  room->draft = answer.params.text;
}

void fold(Turn& turn, const StartReply& action) {
  auto* room = turn.state.find_room(action.room);
  if (!room) return;
  stop_editing(turn, *room);
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
