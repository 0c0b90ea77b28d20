#include "client/model/select_thread.hpp"

#include <algorithm>

#include "client/model/people.hpp"
#include "client/model/room_name.hpp"
#include "client/model/select_people.hpp"
#include "client/model/select_room.hpp"
#include "client/model/select_timeline.hpp"
#include "client/model/select_transfers.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/uploads.hpp"
#include "common/base/trimmed.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

constexpr std::size_t kLastReplies = 2;

std::string where(const State& state, RoomId id) {
  const auto* room = state.find_room(id);
  if (!room) return tr("a room");
  return (room->info.kind == protocol::RoomKind::direct ? "" : "#") + room_name(state, *room);
}

bool has_draft(const State& state, const ThreadName& name) {
  if (is_open(state, name)) return false;
  const auto at = state.threads.drafts.find(name);
  const bool is_written =
      at != state.threads.drafts.end() && (at->second.editing || !trimmed(at->second.text).empty());
  return is_written || !attached_to(state, name).empty();
}

bool has_unsent(const State& state, const ThreadName& name) {
  return std::ranges::any_of(state.outbox, [&](const OutboxEntry& entry) {
    return entry.state == OutboxEntry::State::failed && entry.row.room == name.room &&
           entry.row.thread == name.root;
  });
}

// "Amara Osei, Priya Nair and you"
std::string joined_names(std::vector<std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? tr(" and ") : ", ";
    text += names[i];
  }
  return text;
}

// As far as the room's window has them.
std::vector<ThreadSummary::Line> last_replies(const State& state, const RoomState& room, Seq root) {
  std::vector<ThreadSummary::Line> lines;
  const auto& entries = room.timeline.entries();
  for (auto at = entries.rbegin(); at != entries.rend() && at->first > root; ++at) {
    const auto* message = at->second.message();
    if (!message || message->thread != root || message->deleted.value_or(false)) continue;
    lines.push_back({person_name(state, message->author), excerpt_of(*message)});
    if (lines.size() == kLastReplies) break;
  }
  std::ranges::reverse(lines);
  return lines;
}

ThreadListProps::Row row_of(const State& state, const protocol::MyThread& one) {
  ThreadListProps::Row row;
  row.thread = {one.room, one.root};
  row.where = where(state, one.room);
  const auto* root = one.message ? &*one.message : find_message(state, one.room, one.root);
  row.author = root ? person_name(state, root->author) : "";
  row.excerpt = !root                           ? tr("A message that isn't on this PC")
                : root->deleted.value_or(false) ? tr("This message was deleted.")
                                                : excerpt_of(*root);
  if (root && root->replies) row.replies = reply_count_text(root->replies->count) + " · ";
  row.replies += desk::past_text(state.zone, one.last_at, state.wall);
  row.unread = unread_in(state, row.thread);
  row.has_draft = has_draft(state, row.thread);
  row.unsent = has_unsent(state, row.thread);
  return row;
}

}  // namespace

std::string reply_count_text(std::int64_t count) {
  return tr_count(count, "{0} reply", "{0} replies");
}

ThreadSummary select_summary(const State& state, const RoomState& room, Seq root,
                             const std::optional<protocol::Replies>& replies) {
  const ThreadName name{room.info.id, root};
  ThreadSummary summary;
  summary.unsent = has_unsent(state, name);
  summary.has_draft = has_draft(state, name);
  if (!replies) return summary;
  summary.count = replies->count;
  summary.replies = reply_count_text(replies->count);
  summary.last_at = desk::past_text(state.zone, replies->last_at, state.wall);
  summary.unread = unread_in(state, name);
  std::vector<std::string> names;
  for (const UserId user : replies->repliers) {
    summary.repliers.push_back(person_name(state, user));
    names.push_back(state.is_me(user) ? tr("you") : name_in_sentence(state, user));
  }
  summary.names = joined_names(std::move(names));
  summary.last = last_replies(state, room, root);
  return summary;
}

ThreadListProps select_thread_list(const State& state) {
  const auto& threads = state.threads;
  ThreadListProps props;
  props.shown = threads.shown;
  if (!props.shown) return props;
  props.loading = threads.loading && threads.list.empty();
  props.more = threads.more && state.online();
  props.error = threads.error;
  if (props.error.empty() && !state.online())
    props.error = tr("You're offline. Replies that came meanwhile are shown when the connection is back.");
  for (const auto& one : threads.list)
    if (state.find_room(one.room)) props.rows.push_back(row_of(state, one));
  return props;
}

void select_thread_pane(const State& state, ThreadPaneProps& props) {
  const auto& open = state.threads.open;
  const auto* room = open ? state.find_room(open->name.room) : nullptr;
  props.shown = room != nullptr;
  if (!room) return;
  props.thread = open->name;
  props.serial = state.threads.serial;
  props.where = where(state, open->name.room);
  props.followed = follows(state, open->name);
  props.may_follow = state.online();
  props.note.clear();
  if (!open->error.empty())
    props.note = open->error;
  else if (!state.online())
    props.note = tr("You're offline. These are the replies that this PC has.");
  auto& composer = props.composer;
  composer.room = open->name.room;
  composer.placeholder = tr("Reply in the thread");
  select_writing(state, *room, composer);
  if (open->rootless && composer.disabled_reason.empty())
    composer.disabled_reason = tr("The message with which this thread began isn't there any more.");
  composer.emoji = state.settings.emoji;
  const auto at = state.threads.drafts.find(open->name);
  const ThreadDraft draft = at == state.threads.drafts.end() ? ThreadDraft{} : at->second;
  composer.editing = draft.editing.has_value();
  composer.attachments =
      composer.editing ? std::vector<AttachmentProps>() : select_attachments(state, open->name);
  composer.transfers = composer.attachments.empty() ? Transfers() : select_transfers(state);
  composer.edited = draft.editing.value_or(Seq{});
  composer.draft = draft.editing ? draft.edited : draft.text;
  composer.draft_version = draft.version;
}

}  // namespace wardroom::client
