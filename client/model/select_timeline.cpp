#include "client/model/select_timeline.hpp"

#include <algorithm>
#include <limits>

#include "client/model/attention.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/history.hpp"
#include "client/model/message_links.hpp"
#include "client/model/notifications.hpp"
#include "client/model/room_name.hpp"
#include "client/model/saved.hpp"
#include "client/model/seen_by.hpp"
#include "client/model/select_room.hpp"
#include "client/model/select_thread.hpp"
#include "client/model/select_transfers.hpp"
#include "client/model/standing.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/typing_sentence.hpp"
#include "common/base/utf8.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"

namespace wardroom::client {
namespace {

constexpr std::chrono::minutes kGroupWithin{5};
constexpr std::size_t kExcerptBytes = 120;
// Keys of rows that aren't messages; messages count from 1.
constexpr std::uint64_t kDayKeys = std::uint64_t{1} << 62;
constexpr std::uint64_t kUnreadKey = (std::uint64_t{1} << 63) + 1;
constexpr std::uint64_t kBeginningKey = (std::uint64_t{1} << 63) + 2;
constexpr std::uint64_t kRepliesKey = (std::uint64_t{1} << 63) + 3;

std::string one_line(const std::string& text) {
  std::string line(truncate_utf8(text, kExcerptBytes));
  for (char& c : line)
    if (c == '\n' || c == '\t') c = ' ';
  if (line.size() < text.size()) line += "…";
  return line;
}

std::string sentence_of(const State& state, const Notice& notice) {
  const std::string who = notice.who.is_set() ? name_in_sentence(state, notice.who) : tr("Somebody");
  const std::string by = notice.by.is_set() ? name_in_sentence(state, notice.by) : tr("Somebody");
  switch (notice.kind) {
    case Notice::Kind::joined:
      return tr("{0} joined", who);
    case Notice::Kind::left:
      return tr("{0} left", who);
    case Notice::Kind::added:
      return tr("{0} added {1}", by, who);
    case Notice::Kind::removed:
      return tr("{0} removed {1}", by, who);
    case Notice::Kind::renamed:
      return tr("{0} renamed the room to #{1}", who, text::isolated(notice.text));
    case Notice::Kind::topic:
      return notice.text.empty() ? tr("{0} cleared the topic", who)
                                 : tr("{0} set the topic: {1}", who, text::isolated(notice.text));
    case Notice::Kind::locked:
      return tr("{0} locked the room", who);
    case Notice::Kind::unlocked:
      return tr("{0} unlocked the room", who);
    case Notice::Kind::slow_mode:
      return notice.text.empty() ? tr("{0} ended slow mode", who)
                                 : tr("{0} set slow mode: one message each in {1}", who, notice.text);
    case Notice::Kind::opened_from_now:
      return tr("{0} made the room public: newcomers read what is written from here on", who);
    case Notice::Kind::opened_with_history:
      return tr("{0} made the room public, with everything that was written before", who);
    case Notice::Kind::made_private:
      return tr("{0} made the room private", who);
    case Notice::Kind::archived:
      return tr("{0} archived the room", who);
    case Notice::Kind::unarchived:
      return notice.text.empty() ? tr("{0} opened the room again", who)
                                 : tr("{0} opened the conversation again", who);
    case Notice::Kind::asked:
      return tr("{0} asked to chat", who);
    case Notice::Kind::accepted:
      return tr("{0} accepted", who);
    case Notice::Kind::declined:
      return tr("{0} declined", who);
    case Notice::Kind::ended:
      return tr("{0} ended the conversation", who);
  }
  return {};
}

std::string tombstone(const State& state, const protocol::Message& message) {
  const bool by_author = !message.deleted_by || *message.deleted_by == message.author;
  if (by_author) return tr("This message was deleted.");
  std::string text = tr("Deleted by {0}", name_in_sentence(state, *message.deleted_by));
  return message.delete_reason ? text + ": " + *message.delete_reason : text + ".";
}

// "Amara Osei, Priya Nair and you"
std::string names_of(const State& state, const std::vector<UserId>& users) {
  constexpr std::size_t kMostNames = 12;
  std::vector<std::string> names;
  for (const UserId user : users) {
    if (state.is_me(user)) continue;
    if (names.size() < kMostNames) names.push_back(name_in_sentence(state, user));
  }
  const bool mine = state.me && std::find(users.begin(), users.end(), state.me->id) != users.end();
  if (mine) names.emplace_back(tr("you"));
  const auto unnamed = users.size() - names.size();
  if (unnamed > 0) names.push_back(tr("{0} more", std::to_string(unnamed)));
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? tr(" and ") : ", ";
    text += names[i];
  }
  return text;
}

ReactionProps reaction_props(const State& state, const protocol::Reaction& reaction) {
  const auto& users = reaction.users;
  const bool mine = state.me && std::find(users.begin(), users.end(), state.me->id) != users.end();
  return {reaction.emoji, static_cast<std::uint32_t>(users.size()), mine, names_of(state, users)};
}

std::string greeting(const State& state, const RoomState& room) {
  const std::string name = room_name(state, room);
  if (room.info.kind == protocol::RoomKind::direct)
    return tr("This is the beginning of your conversation with {0}.", name);
  return tr("This is the beginning of #{0}.", name);
}

}  // namespace

std::string excerpt_of(const protocol::Message& message) {
  if (!message.text.empty() || !message.files || message.files->empty()) return one_line(message.text);
  std::string names = message.files->front().name;
  if (message.files->size() > 1) names += tr(" and {0} more", std::to_string(message.files->size() - 1));
  return one_line(names);
}

TimelineSelector::Source TimelineSelector::source(const State& state) const {
  if (of_ == Of::room) return {state.find_room(state.open_room), nullptr};
  const auto& open = state.threads.open;
  return open ? Source{state.find_room(open->name.room), &*open} : Source{};
}

// Replies stand in their thread alone.
bool TimelineSelector::is_shown(const TimelineEntry& entry) const {
  const auto* message = entry.message();
  return of_ == Of::thread || !message || !message->thread;
}

void TimelineSelector::select(const State& state) {
  const auto [room, thread] = source(state);
  if (!room) {
    if (room_.is_set()) props_ = {};
    room_ = {};
    return;
  }
  const Source from{room, thread};
  const auto& timeline = from.timeline();
  const auto unread_after = from.unread_after();
  const bool same_room = room_ == room->info.id && root_ == from.root();
  const bool begun = !thread && timeline.loaded() && !has_older(*room);
  const bool same_frame = same_room && unread_after_ == unread_after && begun_ == begun;
  const bool same = same_frame && timeline_revision_ == timeline.revision() &&
                    people_revision_ == state.revisions.people &&
                    outbox_revision_ == state.revisions.outbox && ui_revision_ == state.revisions.ui &&
                    rooms_revision_ == state.revisions.rooms;
  if (same) return;
  // Nothing known of what changed: everything is rebuilt.
  const Seq lowest = same_frame ? timeline.changed_since(timeline_revision_).value_or(Seq{}) : Seq{};
  unread_after_ = unread_after;
  begun_ = begun;
  if (!same_room) props_.rows.clear();
  room_ = props_.room = room->info.id;
  root_ = from.root();
  if (!same_frame || timeline_revision_ != timeline.revision() ||
      outbox_revision_ != state.revisions.outbox) {
    rebuild_from(state, *room, lowest);
    ++props_.revision;
  }
  timeline_revision_ = timeline.revision();
  outbox_revision_ = state.revisions.outbox;
  people_revision_ = state.revisions.people;
  ui_revision_ = state.revisions.ui;
  rooms_revision_ = state.revisions.rooms;
  fill_edges(state, *room);
  if (thread) fill_thread_edges(state, *thread);
}

void TimelineSelector::fill_thread_edges(const State& state, const OpenedThread& thread) {
  const bool waits = thread.loading && !thread.answered;
  props_.in_thread = true;
  props_.rights.quote = props_.rights.thread = false;
  props_.rights.pin = false;
  props_.unread = unread_in(state, thread.name);
  props_.finding_unread = waits && !thread.unread_after;
  props_.jump_to = thread.jump_to;
  props_.jump_serial = thread.jump_serial;
  props_.has_older = !thread.complete && thread.answered;
  props_.loading_older = waits || thread.loading_older;
  props_.has_newer = false;
  props_.typing.clear();
  props_.error = props_.rows.empty() ? thread.error : "";
  if (props_.error.empty() && props_.rows.empty() && !state.online())
    props_.error = tr("You're offline, and this thread isn't on this PC yet.");
}

void TimelineSelector::fill_edges(const State& state, const RoomState& room) {
  props_.rights = select_rights(state, room);
  props_.transfers = select_transfers(state);
  props_.pictures = select_pictures(state);
  props_.emoji = state.settings.emoji;
  props_.link_cards = select_link_cards(state);
  props_.saved = saved_in(state, room.info.id);
  props_.seen_by = may_ask_seen_by(state, room);
  props_.link_base = link_base(state, room.info.id);
  props_.unread = unread_of(room);
  props_.finding_unread = is_finding_unread(room);
  props_.jump_to = room.jump_to;
  props_.jump_serial = room.jump_serial;
  props_.has_older = has_older(room);
  props_.loading_older = room.loading_older;
  props_.has_newer = room.timeline.loaded() && !room.timeline.live();
  props_.self_name = state.me ? "@" + state.me->name : "";
  props_.typing = typing_sentence(state, room);
  props_.error = room.timeline.entries().empty() ? room.history_error : "";
  if (props_.error.empty() && room.timeline.entries().empty() && props_.has_older && !state.online())
    props_.error = tr("You're offline, and this room's messages aren't on this PC yet.");
}

// Keeps the rows above `lowest`. The row before it is made again, too, so that grouping and day lines of what
// follows are decided by what stands above them.
void TimelineSelector::rebuild_from(const State& state, const RoomState& room, Seq lowest) {
  const Timeline& timeline = source(state).timeline();
  const auto& entries = timeline.entries();
  auto& rows = props_.rows;
  const auto shown_before = [&](Timeline::Entries::const_iterator at) {
    while (at != entries.begin())
      if (is_shown((--at)->second)) return at;
    return entries.end();
  };
  auto from = entries.lower_bound(lowest);
  if (const auto before = shown_before(from); lowest.is_set() && before != entries.end()) from = before;
  const auto above = shown_before(from);
  const bool partial = lowest.is_set() && above != entries.end() && from != entries.end();
  above_ = {};
  if (partial) {
    const Seq keep_below = from->first;
    auto cut = rows.end();
    while (cut != rows.begin()) {
      const auto& row = *std::prev(cut);
      if (row.seq.is_set() && row.seq < keep_below) break;
      --cut;
    }
    rows.erase(cut, rows.end());
    const TimelineEntry& before = above->second;
    const auto* message = before.message();
    above_.any = true;
    above_.at = message ? message->at : before.notice()->at;
    above_.day = local_day(state.zone, above_.at);
    above_.author = message ? message->author : UserId{};
    above_.groupable = message && !message->deleted.value_or(false);
    above_.unread_shown = std::any_of(rows.begin(), rows.end(), [](const TimelineRow& row) {
      return row.kind == TimelineRow::Kind::unread_line;
    });
  } else {
    rows.clear();
    from = entries.begin();
    if (begun_) {
      TimelineRow row;
      row.key = kBeginningKey;
      row.kind = TimelineRow::Kind::beginning;
      row.text = greeting(state, room);
      rows.push_back(std::move(row));
    }
  }
  for (; from != entries.end(); ++from)
    if (is_shown(from->second)) add_entry(state, room, from->first, from->second);
  if (timeline.live()) add_pending(state, room);
}

void TimelineSelector::add_day(const State& state, TimePoint at) {
  const auto day = local_day(state.zone, at);
  if (above_.any && day == above_.day) return;
  TimelineRow row;
  row.kind = TimelineRow::Kind::day;
  row.key = kDayKeys + static_cast<std::uint64_t>(std::max<std::int64_t>(0, day.time_since_epoch().count()));
  row.text = day_text(state.zone, at, state.wall);
  props_.rows.push_back(std::move(row));
  above_.day = day;
  above_.groupable = false;
}

void TimelineSelector::add_unread_line() {
  TimelineRow row;
  row.kind = TimelineRow::Kind::unread_line;
  row.key = kUnreadKey;
  row.text = tr("new");
  props_.rows.push_back(std::move(row));
  above_.unread_shown = true;
  above_.groupable = false;
}

// Not one's own, not what was imported from elsewhere, and not the first message of a window that begins
// further on: there the line stands above the window.
bool TimelineSelector::begins_unread(const State& state, const Timeline& timeline,
                                     const protocol::Message& message) const {
  if (!unread_after_ || message.seq <= *unread_after_ || state.is_me(message.author)) return false;
  if (message.seq == root_ || timeline.from() > next(*unread_after_)) return false;
  const auto author = state.people.find(message.author);
  return author == state.people.end() || !author->second.user.name.starts_with("irc:");
}

bool TimelineSelector::follows_closely(UserId author, TimePoint at) const {
  return above_.any && above_.groupable && above_.author == author && at - above_.at < kGroupWithin &&
         at >= above_.at;
}

void TimelineSelector::add_entry(const State& state, const RoomState& room, Seq seq,
                                 const TimelineEntry& entry) {
  const auto* message = entry.message();
  const TimePoint at = message ? message->at : entry.notice()->at;
  add_day(state, at);
  if (message && !above_.unread_shown && begins_unread(state, source(state).timeline(), *message))
    add_unread_line();
  TimelineRow row;
  row.key = entry.key;
  row.seq = seq;
  row.time = clock_text(state.zone, at);
  row.full_time = full_text(state.zone, at) + " (" + desk::zone_text(state.zone, at) + ")";
  if (message) {
    row.grouped = !message->reply_to && follows_closely(message->author, at);
    fill_message(state, room, *message, row);
  } else {
    row.kind = TimelineRow::Kind::notice;
    row.text = sentence_of(state, *entry.notice());
  }
  above_.any = true;
  above_.at = at;
  above_.author = row.author;
  above_.groupable = message && !row.deleted && !row.action;
  if (row.action || row.deleted) row.grouped = false;
  row.version = entry.version * 2 + (row.grouped ? 1 : 0);
  props_.rows.push_back(std::move(row));
  if (message && seq == root_) add_replies_line(*message);
}

void TimelineSelector::add_replies_line(const protocol::Message& root) {
  if (!root.replies) return;
  TimelineRow row;
  row.kind = TimelineRow::Kind::replies;
  row.key = kRepliesKey;
  row.text = reply_count_text(root.replies->count);
  props_.rows.push_back(std::move(row));
  above_.groupable = false;
}

void TimelineSelector::fill_message(const State& state, const RoomState& room,
                                    const protocol::Message& message, TimelineRow& row) const {
  row.author = message.author;
  row.author_name = person_name(state, message.author);
  row.own = state.is_me(message.author);
  row.deleted = message.deleted.value_or(false);
  row.edited = message.edited_at.has_value() && !row.deleted;
  if (of_ == Of::room) row.thread = select_summary(state, room, message.seq, message.replies);
  if (row.deleted) {
    row.text = tombstone(state, message);
    row.restorable = may_restore(state, room, message);
    return;
  }
  row.pinned = message.pinned.value_or(false);
  if (message.reactions)
    for (const auto& reaction : *message.reactions) row.reactions.push_back(reaction_props(state, reaction));
  row.action = message.text.starts_with("/me ");
  row.text = row.action ? message.text.substr(4) : message.text;
  row.mentions_me = !row.own && (mentions(state, message.text) ||
                                 has_keyword(state.settings.attention.keywords, message.text));
  if (message.reply_to) row.reply = quote(state, room, *message.reply_to);
  if (message.files)
    for (const auto& file : *message.files) row.files.push_back(card_of(file));
  row.links = links_in(state, message.text);
}

ReplyQuote TimelineSelector::quote(const State& state, const RoomState& room, Seq seq) const {
  const auto* message = find_message(state, room.info.id, seq);
  if (!message) return {seq, "", tr("An earlier message")};
  if (message->deleted.value_or(false))
    return {seq, person_name(state, message->author), tr("This message was deleted.")};
  return {seq, person_name(state, message->author), excerpt_of(*message)};
}

void TimelineSelector::add_pending(const State& state, const RoomState& room) {
  for (const auto& entry : state.outbox) {
    if (entry.row.room != room.info.id || entry.row.thread.value_or(Seq{}) != root_) continue;
    add_day(state, entry.row.written_at);
    const bool failed = entry.state == OutboxEntry::State::failed;
    protocol::Message message;
    message.at = entry.row.written_at;
    message.author = state.me ? state.me->id : UserId{};
    message.text = entry.row.text;
    message.reply_to = entry.row.reply_to;
    TimelineRow row;
    row.key = entry.key;
    row.client_id = entry.row.client_id;
    row.time = clock_text(state.zone, entry.row.written_at);
    row.full_time = full_text(state.zone, entry.row.written_at) + " (" +
                    desk::zone_text(state.zone, entry.row.written_at) + ")";
    row.delivery = failed ? Delivery::failed : Delivery::pending;
    row.failure = entry.row.failure;
    row.grouped = !message.reply_to && follows_closely(message.author, message.at);
    fill_message(state, room, message, row);
    if (entry.row.files > 0) row.files = pending_cards(state, entry.row.client_id);
    if (row.action) row.grouped = false;
    // Beside the stored row's versions, which count from 1, so that the change is seen.
    row.version = 0x80000000U + (failed ? 2 : 0) + (row.grouped ? 1 : 0) +
                  static_cast<std::uint32_t>(row.files.size()) * 4;
    above_.any = true;
    above_.author = message.author;
    above_.at = message.at;
    above_.groupable = !row.action;
    props_.rows.push_back(std::move(row));
  }
}

}  // namespace wardroom::client
