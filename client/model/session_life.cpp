#include "client/model/session_life.hpp"

#include <algorithm>

#include "client/model/account_security.hpp"
#include "client/model/announcement.hpp"
#include "client/model/attention.hpp"
#include "client/model/composer.hpp"
#include "client/model/downloads.hpp"
#include "client/model/draft_sync.hpp"
#include "client/model/files_panel.hpp"
#include "client/model/history.hpp"
#include "client/model/incoming.hpp"
#include "client/model/message_links.hpp"
#include "client/model/notifications.hpp"
#include "client/model/office_policy.hpp"
#include "client/model/outbox.hpp"
#include "client/model/people.hpp"
#include "client/model/pictures.hpp"
#include "client/model/pins.hpp"
#include "client/model/reading.hpp"
#include "client/model/room_order.hpp"
#include "client/model/rooms.hpp"
#include "client/model/saved.hpp"
#include "client/model/settings.hpp"
#include "client/model/side_bar_places.hpp"
#include "client/model/sign_in.hpp"
#include "client/model/spelling.hpp"
#include "client/model/standing.hpp"
#include "client/model/surroundings.hpp"
#include "client/model/thread.hpp"
#include "client/model/thread_following.hpp"
#include "client/model/thread_writing.hpp"
#include "client/model/trimming.hpp"
#include "client/model/uploads.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

void forget_typing_people(Turn& turn) {
  for (auto& [id, room] : turn.state.rooms)
    if (std::erase_if(room.typing, [&](const auto& entry) { return entry.second <= turn.state.now; }) > 0)
      ++turn.state.revisions.people;
}

// Another epoch: a backup was restored, and what is known here may never have happened there. Drafts and the
// outbox are the person's own and stay.
void drop_rooms(Turn& turn) {
  State& state = turn.state;
  for (auto& [id, room] : state.rooms) {
    room.timeline.close();
    room.held.clear();
    room.coverage = {};
    room.highest_seen = {};
    room.info.seq = {};
    room.info.count = 0;
    room.info.marker = {};
    room.info.mentions = 0;
    room.unread_after.reset();
    room.own_unread.clear();
    room.marker_unsent = room.marker_back = room.marker_held = false;
    room.members_loaded = false;
    room.relist = true;
  }
  forget_told_drafts(state);
  state.links.messages.clear();
  state.people_asked.clear();
  state.threads.following.clear();
  state.threads.marks.clear();
  state.threads.list.clear();
  state.threads.unread = 0;
  if (auto& open = state.threads.open) open->timeline.open_live(open->name.root);
  turn.effect(DropRooms{});
  show_toast(turn, tr("The server was restored from a backup. Rooms and messages are loaded again."), false);
}

void stop_waiting_for_answers(Turn& turn) {
  State& state = turn.state;
  for (auto& [id, room] : state.rooms) {
    room.catching_up = room.loading_older = room.loading_newer = room.members_loading = false;
    room.members_loaded = false;
    room.held.clear();
    room.pins_loaded = room.pins_loading = false;
    room.catch_up_at = room.history_retry_at = {};
    if (room.marker_unsent) room.marker_due = state.now;
  }
  state.rooms_listing = state.rooms_list_again = state.directory_loading = state.announcement.busy = false;
  state.people_asked.clear();
  expect_nothing_from_lost_link(turn);
  expect_no_replies(turn);
  halt_uploads(turn);
  retry_pictures(turn);
  retry_linked(turn);
  state.saved.loading = state.saved.again = state.saved.loaded = false;
  state.sidebar = {};
  state.files.loading = state.files.loaded = false;
}

void take_changes(Turn& turn, const protocol::RoomChanges& changes) {
  auto* room = turn.state.find_room(changes.room);
  if (!room) return;
  room->highest_seen = std::max(room->highest_seen, changes.seq);
  if (changes.too_far.value_or(false)) return start_afresh(turn, *room, changes.seq);
  if (changes.trimmed) trim_room(turn, *room, *changes.trimmed);
  count_messages(turn, *room, changes.changes);
  room->coverage.to = std::max(room->coverage.to, changes.seq);
  take_messages(turn, *room, changes.changes);
  release_thread_changes(turn, *room);
  room->info.seq = std::max(room->info.seq, changes.seq);
  store_room(turn, *room);
}

}  // namespace

std::map<RoomId, Seq> resume_rooms(const State& state) {
  std::map<RoomId, Seq> rooms;
  for (const auto& [id, room] : state.rooms)
    if (room.coverage.to.is_set() && (room.coverage.from <= room.coverage.to || room.timeline.loaded()))
      rooms.emplace(id, room.coverage.to);
  return rooms;
}

void leave_session(Turn& turn, std::string why) {
  State& state = turn.state;
  state.token = {};
  if (!why.empty()) turn.effect(CloseLink{});
  if (state.server && state.me) turn.effect(SaveCredentials{{*state.server, {}, *state.me}});
  state.welcome = {};
  auto& welcome = state.welcome.props;
  welcome.step = state.server ? WelcomeStep::sign_in : WelcomeStep::introduce;
  welcome.name = state.me ? state.me->name : "";
  welcome.error = std::move(why);
  state.dialog = Dialog::none;
  state.must_change_password = state.must_enrol_second_factor = state.enrolling = false;
  state.second_factor = {};
  state.devices.clear();
  state.announcement = {};
  withdraw_all(turn);
  state.link = {};
  stop_waiting_for_answers(turn);
  forget_presence(turn);
  ++state.revisions.ui;
}

void fold(Turn& turn, const Tick& event) {
  State& state = turn.state;
  const auto* open = state.find_open_room();
  const auto waited = open ? slow_mode_wait(state, *open) : std::chrono::seconds{};
  const bool was_muted = open && mute_of(state, *open).has_value();
  const auto attention_changes = next_attention_change(state);
  desk::take_time(state, event);
  // A pause is over, or the hours in which the person is told.
  if (attention_changes && *attention_changes <= state.wall) {
    ++state.revisions.rooms;
    ++state.revisions.ui;
  }
  if (open && (slow_mode_wait(state, *open) != waited || mute_of(state, *open).has_value() != was_muted))
    ++state.revisions.ui;
  if (state.toasts.drop_old(state.now)) ++state.revisions.ui;
  forget_typing_people(turn);
  send_due_markers(turn);
  save_due_drafts(turn);
  tell_due_drafts(turn);
  save_due_thread_drafts(turn);
  send_due_thread_marks(turn);
  retry_thread(turn);
  catch_up_late_rooms(turn);
  drop_ended_announcement(turn);
}

void fold(Turn& turn, const WindowFocused& event) {
  turn.state.focused = event.focused;
  // Sooner than the desktop tells it.
  if (event.focused) fold(turn, IdleChanged{false});
  ++turn.state.revisions.ui;
}

void fold(Turn& turn, const ProfileLoaded& event) {
  State& state = turn.state;
  state.profile_loaded = true;
  state.settings = event.settings;
  if (!event.note.empty()) show_toast(turn, event.note);
  for (const auto& user : event.cached.people) state.people[user.id].user = user;
  state.epoch = event.cached.epoch;
  for (const auto& cached : event.cached.rooms) {
    auto& room = state.rooms[cached.room.id];
    room.info = cached.room;
    room.coverage = cached.coverage;
    room.draft = cached.draft;
    room.highest_seen = cached.coverage.to;
  }
  take_cached_threads(turn, event.cached);
  take_told_drafts(state, event.cached);
  for (const auto& row : event.cached.outbox) {
    OutboxEntry entry;
    entry.row = row;
    entry.state = row.failure.empty() ? OutboxEntry::State::waiting : OutboxEntry::State::failed;
    entry.key = state.ids.next_key();
    state.outbox.push_back(std::move(entry));
  }
  for (const auto& row : event.cached.uploads) {
    Upload upload;
    upload.row = row;
    // Its message never got onto the disk: nothing of what was chosen is lost.
    const bool has_message =
        std::any_of(state.outbox.begin(), state.outbox.end(),
                    [&](const OutboxEntry& one) { return one.row.client_id == row.client_id; });
    if (!has_message) upload.row.client_id.clear();
    upload.state = row.whole              ? Upload::State::whole
                   : row.paused           ? Upload::State::paused
                   : !row.failure.empty() ? Upload::State::failed
                                          : Upload::State::waiting;
    if (row.whole) upload.sent = row.size;
    state.uploads.push_back(std::move(upload));
  }
  state.revisions = {2, 2, 2, 2};
  if (event.credentials) {
    state.server = event.credentials->server;
    state.me = event.credentials->user;
    state.token = event.credentials->token;
    state.welcome.props.step = WelcomeStep::sign_in;
    state.welcome.props.name = state.me->name;
  }
  follow_policy(turn);
  if (!state.signed_in()) return;
  state.people[state.me->id].user = *state.me;
  const auto order = room_order(state);
  if (state.find_room(state.settings.last_room))
    open_room(turn, state.settings.last_room);
  else if (!order.empty())
    open_room(turn, order.front());
  turn.effect(ResumeSession{*state.server, state.token});
}

void fold(Turn& turn, const LinkChanged& event) {
  State& state = turn.state;
  const bool was_online = state.online();
  // While trying again, why it failed the last time stays on the screen: a banner that comes and goes with
  // each attempt would make everything jump.
  std::string error = event.state == LinkChanged::State::connecting ? state.link.error : "";
  if (event.error)
    error = event.error->reason == "connection_lost"
                ? tr("You're offline. What you write is sent when the connection is back.")
                : event.error->message;
  state.link = {event.state, std::move(error), event.final};
  ++state.revisions.ui;
  if (state.online()) return;
  if (was_online) {
    stop_waiting_for_answers(turn);
    forget_presence(turn);
  }
  if (event.state != LinkChanged::State::offline || !event.final) return;
  if (!state.signed_in()) {
    if (state.welcome.props.busy && event.error)
      fail_sign_in(turn, *event.error);
    else if (state.welcome.props.checking_invite && event.error)
      take_invite_check(turn, *event.error);
    return;
  }
  // The token is void; a server that isn't the right one is another matter, and takes nothing from us.
  if (event.error && event.error->code == ErrorCode::unauthenticated)
    leave_session(turn, event.error->message);
}

void fold(Turn& turn, const protocol::SessionResume::Result& event) {
  State& state = turn.state;
  // Said here and not by LinkChanged, which comes after it: calls may go out from now on.
  state.link = {LinkChanged::State::online, "", false};
  stop_waiting_for_answers(turn);
  state.me = event.user;
  state.welcome = {};
  take_duties(turn, event.must_change_password, event.must_enrol_second_factor);
  // Enrolled, but the answer with the recovery codes was lost: new ones are made in the settings.
  if (!event.must_enrol_second_factor && state.second_factor.stage != FactorStage::codes)
    state.enrolling = false;
  const bool same_epoch = !state.epoch || *state.epoch == event.epoch;
  if (!same_epoch) drop_rooms(turn);
  if (state.epoch != event.epoch) turn.effect(StoreEpoch{event.epoch});
  state.epoch = event.epoch;
  learn_people(turn, event.users);
  learn_people(turn, {event.user});
  if (same_epoch)
    for (const auto& changes : event.rooms) take_changes(turn, changes);
  list_rooms(turn);
  load_threads(turn);
  reload_thread(turn);
  load_announcement(turn);
  load_sidebar(turn);
  load_saved(turn);
  state.tells_seen_by = std::ranges::count(event.features, "seen_by") > 0;
  if (auto* room = state.find_open_room(); room && same_epoch) {
    ensure_window(turn, *room);
    load_members(turn, *room);
    load_shown_pins(turn);
    load_shown_files(turn);
  }
  if (state.own_presence != protocol::Presence::online || !state.own_status.empty())
    turn.call<protocol::PresenceSet>({state.own_presence, state.own_status, state.own_status_until});
  state.watch_due = true;
  state.revisions.people++;
  state.revisions.rooms++;
  state.revisions.ui++;
}

void fold(Turn& turn, const protocol::SessionRevoked& event) {
  leave_session(
      turn, event.reason.empty() || event.reason == "revoked" ? tr("You were signed out.") : event.reason);
}

// Only now: closing at once could cut the request off.
void fold(Turn& turn, const Answer<protocol::SessionClose>&) {
  if (!turn.state.signed_in() && !turn.state.welcome.props.busy) turn.effect(CloseLink{});
}

void fold(Turn& turn, const SignOut&) {
  State& state = turn.state;
  // While the token still holds.
  forget_uploads(turn);
  forget_downloads(turn);
  state.files = {};
  state.viewer = {};
  state.links = {};
  state.saved = {};
  state.profile = {};
  state.settings.sidebar = {};
  state.own_status_until.reset();
  state.pictures.clear();
  if (!turn.call<protocol::SessionClose>({})) turn.effect(CloseLink{});
  leave_session(turn, "");
  // On a shared PC nothing of the person stays behind.
  turn.effect(EraseCache{});
  state.settings.rooms.clear();
  state.settings.attention.keywords.clear();
  forget_spelling(turn);
  state.settings.away_by_itself = false;
  save_settings(turn);
  state.rooms.clear();
  state.outbox.clear();
  state.threads = {};
  state.people.clear();
  state.directory.clear();
  state.directory_loaded = false;
  state.open_room = {};
  state.epoch.reset();
  state.me.reset();
  ++state.revisions.rooms;
  ++state.revisions.outbox;
  ++state.revisions.people;
}

}  // namespace wardroom::client
