#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "client/model/cached_values.hpp"
#include "client/model/id_source.hpp"
#include "client/model/message_change.hpp"
#include "client/model/model_events.hpp"
#include "client/model/places_state.hpp"
#include "client/model/props/window.hpp"
#include "client/model/thread_state.hpp"
#include "client/model/timeline.hpp"
#include "common/desk/model/policy.hpp"
#include "common/desk/model/sign_in.hpp"
#include "common/desk/model/toasts.hpp"
#include "common/desk/model/witness.hpp"

// All that the window knows. Changed by update() alone; selectors read it.
namespace wardroom::client {

struct Person {
  protocol::User user;
  protocol::Presence presence = protocol::Presence::offline;
  std::string status_text;
};

struct OutboxEntry {
  enum class State {
    saving,   // not yet on this PC's disk: must not be sent
    waiting,  // for the connection, for its turn, or until `retry_at`
    sending,
    failed,  // the server refused it
  };
  OutboxRow row;
  State state = State::saving;
  std::string replaces;  // saving: under this id it was on the disk, or failed to be
  TimePoint retry_at;
  int tries = 0;
  std::uint64_t key = 0;
};

// A file of this PC that goes up, or is up and waits for its message.
struct Upload {
  enum class State {
    waiting,  // for the connection, for its turn, or until `retry_at`
    sending,
    paused,
    failed,
    whole,
  };
  UploadRow row;
  State state = State::waiting;
  std::int64_t sent = 0;      // bytes that the server has, as far as it is known
  std::uint64_t attempt = 0;  // of what is under way
  TimePoint retry_at;
  int tries = 0;
  std::string trouble;  // why it waits, when the last try failed
};

// A file that was fetched in this run, or is being.
struct Download {
  enum class State { fetching, there, failed };
  State state = State::fetching;
  std::int64_t size = 0;
  std::int64_t came = 0;
  std::uint64_t attempt = 0;
  std::string path;     // where it is
  std::string trouble;  // why it isn't
  bool opens = false;   // when it is there
};

// Dialog::path: what is done with the path that the person types.
struct PathDialogState {
  WritingPlace place;                  // for whose draft
  std::optional<protocol::File> file;  // or what is to be saved
  std::string path;
  std::uint64_t serial = 0;
  std::string error;
};

// A durable event that came while earlier ones were missing.
using DurableEvent = std::variant<protocol::MessagePosted, protocol::MessageEdited, protocol::MessageDeleted,
                                  protocol::MessageRestored, protocol::MessageReacted,
                                  protocol::MessagePinned, protocol::RoomUpdated, protocol::RoomArchived,
                                  protocol::RoomTrimmed, protocol::DirectChanged, protocol::MemberJoined,
                                  protocol::MemberLeft, protocol::MemberChanged>;

struct RoomMember {
  UserId user;
  protocol::RoomRole role = protocol::RoomRole::member;
  bool muted = false;
};

struct RoomState {
  protocol::MyRoom info;  // its `count` counts up to its `seq`
  // What the cache holds; `coverage.to` is the last durable event that was folded in.
  Coverage coverage;
  Timeline timeline;
  Seq state_seq;        // of the last folded event that changed more than the counters of `info`
  bool relist = false;  // nothing of it holds any more; it is taken as new from the next list

  // Catching up: message.changes is under way, later events wait in `held`.
  bool catching_up = false;
  std::map<Seq, DurableEvent> held;
  Seq highest_seen;
  TimePoint catch_up_at;  // not before then, after a failure

  bool loading_older = false;
  bool loading_newer = false;
  Seq newer_until;             // up to where the cache could know, when it was asked for newer ones
  bool page_is_stale = false;  // what it was read from was trimmed since: it is asked for again
  TimePoint history_retry_at;  // after a page failed
  std::string history_error;
  // Changes that came while pages of history were under way, which may be older than they.
  std::vector<MessageChange> changes_meanwhile;
  Seq jump_to;  // to be brought into sight; the serial grows with each wish
  std::uint64_t jump_serial = 0;

  std::vector<protocol::Message> pins;  // newest pin first, when pins_loaded
  bool pins_loaded = false;
  bool pins_loading = false;
  std::string pins_error;

  std::vector<RoomMember> members;  // complete when members_loaded
  bool members_loaded = false;
  bool members_loading = false;
  std::map<UserId, TimePoint> typing;  // until when each is shown as typing

  std::string draft;
  std::uint64_t draft_version = 0;     // grows when the model, not the person, changed the draft
  std::optional<TimePoint> draft_due;  // when it is to be saved
  SharedDraft shared_draft;
  std::optional<Seq> reply_to;
  std::optional<Seq> editing;  // `draft` is to replace this message; the person's own waits in `kept_draft`
  std::string kept_draft;
  TimePoint typing_sent_at;
  std::optional<TimePoint> posted_at;  // when the person last posted here, for slow mode; of `now`

  std::optional<Seq> unread_after;  // the "new" line stands behind this event while the room is open
  // What is behind the marker and doesn't count as unread: the person's own messages, and replies in threads.
  std::set<Seq> own_unread;
  bool marker_unsent = false;  // the server doesn't know the marker yet
  bool marker_back = false;    // nor that it went back
  bool marker_held = false;    // marked as unread: what is on the screen isn't read until it is opened anew
  std::optional<TimePoint> marker_due;
};

// A form of a dialog, from its button to the answer.
struct FormState {
  bool busy = false;
  std::string error;
  std::string saved;
};

// An action that waits for its reason.
struct ReasonDialogState {
  ReasonedAction act = ReasonedAction::report;
  RoomId room;
  Seq seq;
  UserId user;
  std::string reason;      // pre-filled
  std::size_t length = 0;  // pre-chosen
  std::uint64_t serial = 0;
  FormState form;
};

// The texts that a message had, as far as they are known.
struct VersionsState {
  RoomId room;
  Seq seq;
  std::vector<protocol::MessageVersion> versions;
  FormState form;
};

struct SecondFactorState {
  FactorStage stage = FactorStage::unknown;
  bool required = false;
  std::int64_t codes_left = 0;
  Secret secret;
  Secret uri;
  std::vector<Secret> codes;
  FormState form;
};

// What is searched for, and what was found. Kept while the panel is closed.
struct SearchState {
  bool shown = false;
  RoomId room;  // this one alone; not set: everywhere
  std::string query;
  std::vector<protocol::SearchHit> hits;
  bool more = false;
  bool busy = false;
  bool within_words = false;
  std::string note;
  std::string error;
  std::vector<std::string> recent;  // the last one first
  std::uint64_t serial = 0;         // grows each time the panel is opened
  RoomId came_from;                 // where the person was before they went to a hit
};

// The files of a room, newest first, as far as they are loaded.
struct FilesState {
  bool shown = false;  // instead of the members
  RoomId room;
  std::vector<protocol::RoomFile> files;
  bool loading = false;
  bool loaded = false;  // at least the first page
  bool more = false;
  std::string error;
  std::string query;
  FileFilter filter = FileFilter::all;
};

// What is in the window's memory of pictures, by the file's id. Their pixels are the window's own.
struct PictureState {
  bool loading = false;
  std::string trouble;  // why it can't be shown; then it isn't asked for again
};

struct ViewerState {
  RoomId room;
  Seq seq;
  std::string file;  // empty: closed
};

// Of Dialog::change_room and Dialog::add_people.
struct ChangingRoomState {
  RoomId room;
  std::uint64_t serial = 0;
  FormState form;
  std::size_t left = 0;  // people of whom it isn't known yet whether they were added
};

struct Link {
  LinkChanged::State state = LinkChanged::State::idle;
  std::string error;  // of the last attempt, until one succeeds
  bool final = false;
};

// What the office announces to everybody.
struct AnnouncementState {
  std::optional<protocol::Announcement> standing;
  bool acknowledged = false;
  bool busy = false;                 // the server is being told that it was read
  std::optional<AuditIndex> closed;  // the last that the person put away
};

// What a room's notification tells: the messages since the person last looked, of which the last few are
// spelled out.
struct NotifiedRoom {
  struct Line {
    Seq seq;
    std::string who;
    std::string text;
    std::optional<Seq> thread;  // a reply in a thread: its root
  };
  std::vector<Line> lines;
  std::size_t count = 0;
  Seq first;
  Seq last;  // not set: of the room itself, no message
};

// Notifications, the tray, idle time, autostart.
struct AttentionState {
  AttentionSupport support;
  std::map<RoomId, NotifiedRoom> notified;
  std::optional<TrayProps> tray;  // as it was last told
  std::uint64_t tray_basis = 0;   // of which revisions
  bool idle_watched = false;
  bool idle = false;
  TimePoint elsewhere_at;  // when the person did something on another device; of `now`
  bool may_autostart = false;
  bool autostart = false;
  std::string autostart_error;
  bool autostart_followed = false;  // what the office decided was asked for once
};

// What is known of the words that stand in the composer.
struct SpellingState {
  bool found = false;  // which dictionaries there are
  std::vector<std::string> installed;
  std::string preferred;
  std::uint64_t generation = 1;  // grows when what was said of words no longer holds
  bool checking = false;
  std::set<std::string> unknown;
  std::set<std::string> ignored;  // without case, as long as the program runs
  SpellingSuggestions suggestions;
};

// Counted up with each change of that part, so that selectors know what to rebuild. update() counts `ui`
// for all but what comes often.
struct Revisions {
  std::uint64_t people = 1;  // names, roles, presence, typing
  std::uint64_t rooms = 1;   // list, counters, topics, members, drafts
  std::uint64_t outbox = 1;
  std::uint64_t ui = 1;  // everything else
};

// Of a room with more people than the server follows for one connection: who is here among the others is
// asked for in parts, now and then.
struct PresenceSurvey {
  RoomId room;
  std::vector<UserId> left;  // to be asked for in this round
  bool asking = false;
  TimePoint next;  // when a round begins
};

struct State {
  static constexpr std::string_view kWatcher = "computer";  // what this is called as a witness of the log

  // Given by the program before the first event.
  desk::TimeZone zone;
  protocol::Device device;
  std::string version;
  IdSource ids;
  desk::Policy policy;
  std::vector<std::string> policy_problems;

  TimePoint now;   // for what waits: desk::Tick
  TimePoint wall;  // the PC's clock, for people and for what ends at a time
  bool profile_loaded = false;
  bool focused = false;
  Revisions revisions;

  std::optional<Introduction> server;
  std::optional<protocol::User> me;
  Secret token;
  std::optional<std::int64_t> epoch;
  bool must_change_password = false;
  bool must_enrol_second_factor = false;
  bool enrolling = false;  // because of that, until the recovery codes were read
  Link link;
  desk::SignInState<WelcomeProps> welcome;
  desk::WitnessState witness;
  AnnouncementState announcement;
  AttentionState attention;
  SpellingState spelling;

  std::unordered_map<UserId, Person> people;
  std::unordered_set<UserId> people_asked;
  std::set<UserId> people_missing;  // to be asked for at the end of this turn
  std::map<RoomId, RoomState> rooms;
  std::map<RoomId, Seq> strays;  // the newest event of rooms that aren't listed yet
  bool rooms_listing = false;
  bool rooms_list_again = false;
  std::vector<OutboxEntry> outbox;            // in the order written
  std::vector<Upload> uploads;                // in the order chosen
  std::map<std::string, Download> downloads;  // by the file's id
  PathDialogState path_dialog;
  FilesState files;
  std::map<std::string, PictureState> pictures;  // by picture_key()
  ViewerState viewer;
  LinksState links;
  ForwardState forward;
  ChangingRoomState changing_room;
  RoomId menu_room;  // of the side bar, whose menu is open
  DateState date;
  SavedState saved;
  SidebarState sidebar;
  SectionState section;
  ProfileState profile;
  StatusState status;
  SeenByState seen_by;
  bool tells_seen_by = false;  // the office lets people know who has read a message
  std::string draft_origin;    // by which this program knows its own drafts when they come back

  protocol::Presence own_presence = protocol::Presence::online;
  std::string own_status;
  std::optional<TimePoint> own_status_until;
  bool watch_due = false;
  std::vector<UserId> watched;  // as last told to the server, ascending
  PresenceSurvey survey;

  Settings settings;
  RoomId open_room;
  RoomId opening;  // asked for, for example by a join; opened when it is listed
  Dialog dialog = Dialog::none;
  std::vector<UserId> directory;  // by name
  bool directory_loaded = false;
  bool directory_loading = false;
  std::vector<protocol::RoomBrowse::Entry> browse;
  FormState browse_form;
  FormState create_form;
  FormState direct_form;
  FormState profile_form;
  FormState password_form;
  ReasonDialogState reason_dialog;
  VersionsState versions;
  std::string link_target;  // of Dialog::link
  SecondFactorState second_factor;
  std::vector<protocol::SessionInfo> devices;
  FormState devices_form;
  bool pins_shown = false;  // instead of the members
  SearchState search;
  ThreadsState threads;
  desk::Toasts toasts;

  void count_change() { ++revisions.ui; }
  bool online() const { return link.state == LinkChanged::State::online; }
  bool is_me(UserId user) const { return me && me->id == user; }
  bool signed_in() const { return me.has_value() && !token.empty(); }
  // The office wants something of the person before it lets them in.
  bool held_up() const { return must_change_password || must_enrol_second_factor || enrolling; }
  RoomState* find_room(RoomId id) {
    const auto at = rooms.find(id);
    return at == rooms.end() ? nullptr : &at->second;
  }
  const RoomState* find_room(RoomId id) const {
    const auto at = rooms.find(id);
    return at == rooms.end() ? nullptr : &at->second;
  }
  RoomState* find_open_room() { return find_room(open_room); }
};

// Messages that others posted into the room itself and the person hasn't read.
inline std::int64_t unread_of(const RoomState& room) {
  const auto own = static_cast<std::int64_t>(room.own_unread.size());
  return std::max<std::int64_t>(0, room.info.count - room.info.marker.count - own);
}

// Where the person stands in each room that the cache covers, for session.resume.
std::map<RoomId, Seq> resume_rooms(const State& state);

}  // namespace wardroom::client
