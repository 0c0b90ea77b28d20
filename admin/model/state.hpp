#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admin/model/effects.hpp"
#include "admin/model/model_events.hpp"
#include "admin/model/paged_list.hpp"
#include "admin/model/props/console.hpp"
#include "admin/model/reasoned_action.hpp"
#include "admin/model/record.hpp"
#include "common/desk/model/sign_in.hpp"
#include "common/desk/model/toasts.hpp"
#include "common/desk/model/witness.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/announcement.hpp"
#include "protocol/methods/backup.hpp"
#include "protocol/methods/certificate.hpp"
#include "protocol/methods/privacy.hpp"
#include "protocol/methods/retention.hpp"
#include "protocol/methods/server_stats.hpp"
#include "protocol/methods/settings.hpp"

// All that the console knows. Changed by update() alone; selectors read it.
namespace wardroom::admin {

// Where the selected person is signed in, and what keeps them from writing.
struct PersonSessions {
  std::vector<protocol::Sanction> sanctions;
  std::string sanctions_error;
  std::vector<protocol::SessionInfo> list;
  bool loaded = false;
  bool more = false;
  std::string error;
};

struct LeaverState {
  UserId person;
  std::optional<UserId> successor;
  std::string successor_name;
  std::optional<protocol::AdminUserOffboard::Result> preview;  // what the server counted, with the successor
  bool rooms_need_successor = false;                           // seen while there was none
  std::string query;
  std::optional<TimePoint> search_due;
  std::vector<protocol::User> found;
};

// What is done to several people at once: one after the other, so that each has an answer of its own.
struct BulkState {
  struct Person {
    UserId id;
    std::string name;
    BulkRow::State state = BulkRow::State::waiting;
    std::string words;
  };
  std::optional<BulkAct> act;
  std::string reason;
  protocol::Role role = protocol::Role::member;
  std::vector<Person> people;
  std::optional<std::size_t> at;      // who is being asked for; nothing: it doesn't run
  std::optional<TimePoint> retry_at;  // the server asked for a pause
  bool stopped = false;               // nobody else is asked for
};

struct PeopleState : PagedList<protocol::Account> {
  PeopleState() : PagedList({static_cast<std::size_t>(PeopleColumn::name), false}) {}

  PeopleFilter filter;
  std::map<UserId, std::string> ticked;  // who is selected together with others, with the names
  BulkState bulk;
  std::int64_t total = 0;                // that match
  std::optional<std::int64_t> disabled;  // of all
  std::optional<TimePoint> search_due;   // the typing has to pause until then

  UserId selected;
  PersonSessions sessions;
  PeopleDialog dialog = PeopleDialog::none;
  bool busy = false;  // of the dialog, or an invite on its way
  std::string dialog_error;
  Secret invite;
  std::string invite_for;
  TimePoint invite_until;
  Secret reset_code;
  LeaverState leaver;
  std::optional<protocol::AdminEraseTexts::Result> erase;  // what the dry run counted
};

// The action that the dialog asks the reason of. Its words are made once, when it opens.
struct ReasonDialogState {
  std::optional<ReasonedAction> act;
  ReasonDialogProps props;
};

struct ImportsState {
  ImportStage stage = ImportStage::choose;
  std::string path;
  std::string error;
  bool busy = false;
  std::string contents;                     // of the file, while it is uploaded
  std::size_t sent = 0;                     // bytes of it that the server has
  std::optional<ImportId> id;               // that the server gave
  std::optional<TimePoint> retry_at;        // the server asked for a pause
  bool wants_sheet = false;                 // what the pause holds up: the sheet, or the upload
  protocol::AdminUserImport::Result tried;  // the dry run, then what was done
  std::string sheet_path;
  std::string sheet_saved;
  std::vector<protocol::AdminUserImportSheet::Entry> sheet;  // as far as it is there
  std::string undo_result;
  std::vector<protocol::AdminUserImportList::Entry> earlier;
  ImportId selected;
};

struct ModerationState {
  ModerationTab tab = ModerationTab::open;
  std::vector<protocol::Report> reports;  // of the tab, newest first
  std::int64_t open = 0;                  // that wait
  bool loaded = false;
  bool loading = false;
  bool more = false;
  std::string error;
  ReportId selected;
  // What was done about a report from here; the first of it is offered as its resolution.
  std::map<ReportId, std::vector<protocol::Resolution>> taken;
  std::vector<protocol::Sanction> sanctions;
  std::optional<std::size_t> sanction;
};

struct SessionsState : PagedList<protocol::SessionInfo> {
  SessionsState() : PagedList({static_cast<std::size_t>(SessionsColumn::last_used), true}) {}

  std::optional<UserId> person;  // whose are shown
  std::string person_name;
  std::string finding;  // the name that is looked up
  std::string filter_error;
  SessionId selected;
};

// A room as far as the console knows it: public ones by browsing, others as their member.
struct KnownRoom {
  RoomId id;
  std::string name;
  protocol::RoomKind kind = protocol::RoomKind::public_;
  std::string topic;
  std::optional<std::int64_t> members;
  struct Manners {
    bool locked = false;
    bool archived = false;
    std::int64_t slow_mode_s = 0;
  };
  std::optional<Manners> manners;
};

struct RoomsState {
  std::vector<KnownRoom> list;  // by name, as it was asked for
  ListSort sort{};              // of what is shown of it, once all of it is there
  std::uint64_t list_number = 0;
  std::string last_browsed;  // the last name of the page before
  std::string query;
  std::optional<TimePoint> search_due;
  bool loaded = false;
  bool loading = false;
  bool more = false;
  std::string error;
  RoomId selected;
  std::vector<protocol::Member> members;
  bool members_loading = false;
  std::string members_error;
  std::map<RoomId, std::string> names;          // of every room that was ever seen here
  std::map<RoomId, std::string> direct_titles;  // "Direct: Ada and Bob", of those that are known here

  RoomsDialog dialog = RoomsDialog::none;
  bool busy = false;
  std::string dialog_error;
};

struct AuditState {
  AuditFilter filter{.when = 2};       // the last 7 days
  protocol::AuditQuery::Params asked;  // the filter as it was last sent, without before and after
  std::vector<LogRecord> records;      // by their numbers
  std::int64_t size = 0;               // of the whole log
  bool loaded = false;
  bool loading = false;
  bool more = false;  // older ones match, too
  std::string error;
  std::optional<AuditIndex> selected;
  std::string filter_error;
  bool oldest_first = false;
  bool live = true;                   // what is new is fetched when the server says that there is something
  std::optional<TimePoint> tail_due;  // something is new since
  TimePoint tailed_at;

  std::optional<tlog::Checkpoint> proving;  // the head under which records are being verified
  std::size_t proof_limit = 200;            // records at once
  TimePoint proof_retry_at;
  std::optional<AuditIndex> mismatch;  // the first record that doesn't stand in the log
};

struct EvidenceState {
  EvidenceProps props;
  EvidenceForm form;    // as it was sent
  std::string finding;  // the sign-in name that is looked up
};

struct RetentionState {
  RetentionTab tab = RetentionTab::rules;
  std::vector<protocol::RetentionRule> rules;  // a row for each kind of room, then rooms' own
  std::optional<protocol::AdminRetentionPreview::Result> preview;
  std::vector<protocol::Hold> holds;
  bool rules_loaded = false;
  bool holds_loaded = false;
  bool loading = false;
  std::string error;
  std::optional<std::size_t> rule;
  std::optional<std::size_t> hold;

  RetentionDialog dialog = RetentionDialog::none;
  std::uint64_t serial = 0;
  bool of_a_room = false;
  bool busy = false;
  std::string dialog_error;
  std::optional<protocol::AdminRetentionPreview::Params> proposed;
  std::optional<protocol::AdminRetentionPreview::Result> proposed_preview;
  HoldForm placing;  // while the person is looked up

  bool counting = false;
  std::optional<TimePoint> prune_before;
  std::optional<protocol::AdminAuditPrune::Result> prune;
};

// Who has acknowledged the announcement, or hasn't.
struct AnnounceState : PagedList<protocol::AdminAnnounceStatus::Entry> {
  AnnounceState() : PagedList({static_cast<std::size_t>(AcknowledgementsColumn::name), false}) {}

  std::optional<protocol::AdminAnnounceStatus::Result> status;  // its entries are the newest page's
  bool missing = true;                                          // the rows are those who haven't
  bool busy = false;
  std::uint64_t sent = 0;  // announcements that were made from here
  std::string form_error;
};

struct CertificatesState {
  std::optional<protocol::CertificateState> shown;
  bool loading = false;
  bool busy = false;        // with a renewal
  bool adding = false;      // a name
  std::uint64_t added = 0;  // names that were added from here
  std::string error;
  std::string form_error;
};

struct SettingsState {
  std::optional<protocol::AdminSettingsList::Result> shown;
  std::string selected;  // by its name
  bool loading = false;
  bool busy = false;        // with a change
  std::uint64_t saved = 0;  // changes that were made from here
  std::string error;
  std::string form_error;
};

struct BackupsState {
  std::optional<protocol::AdminBackupList::Result> shown;
  std::optional<TimePoint> asked_at;
  std::string selected;  // by its name
  bool loading = false;
  bool busy = false;  // asking for something to be done
  std::string error;
};

struct OverviewState {
  std::vector<protocol::AdminStats::Result> samples;  // oldest first
  std::optional<TimePoint> asked_at;
  bool loading = false;
  std::string error;
};

// A list on its way into a file.
struct CsvState {
  CsvProps props;
  Page page = Page::people;
  std::string path;
  bool fetching = false;  // until all rows are here
  bool asked = false;     // for more of them
  std::size_t rows = 0;   // when that was asked; then those that were written
  bool cut = false;       // there are more than were written
};

struct BrowseState {
  BrowseProps props;
  std::uint64_t asked = 0;  // the newest question
};

// What the office wants of the person before anything else.
enum class Duty { none, new_password, second_factor };

struct State {
  static constexpr std::string_view kWatcher = "console";  // what this is called as a witness of the log

  // Given by the program before the first event.
  desk::TimeZone zone;
  protocol::Device device;

  TimePoint now;   // for what waits: desk::Tick
  TimePoint wall;  // the PC's clock, for people
  bool started = false;
  std::uint64_t revision = 1;  // grows with every change that can be seen

  std::optional<protocol::Introduction> server;
  std::optional<protocol::User> me;
  Secret token;
  LinkChanged::State link = LinkChanged::State::idle;
  std::string link_error;
  desk::SignInState<SignInProps> sign_in;

  Duty duty = Duty::none;

  Page page = Page::people;
  PeopleState people;
  AuditState audit;
  ModerationState moderation;
  SessionsState sessions;
  RoomsState rooms;
  ImportsState imports;
  RetentionState retention;
  EvidenceState evidence;
  AnnounceState announce;
  CertificatesState certificates;
  SettingsState settings;
  BackupsState backups;
  OverviewState overview;
  desk::WitnessState witness;
  bool watch_open = false;                   // what the witness knows is shown
  std::chrono::milliseconds clock_doubt{};   // of the server's clock, as it said with its newest head
  std::optional<protocol::LastCheck> check;  // the server's of itself, as it said then
  TimePoint check_told_at;
  ReasonDialogState reason_dialog;
  std::map<ListName, ListSort> sorts;  // of the lists that are here as a whole
  CsvState csv;
  BrowseState browse;
  std::uint64_t next_serial = 1;
  desk::Toasts toasts;

  void count_change() { ++revision; }
  bool online() const { return link == LinkChanged::State::online; }
  bool signed_in() const { return me.has_value() && !token.empty(); }
  // The office wants something of the person before it lets them in.
  bool held_up() const { return duty != Duty::none; }
  bool is_admin() const { return me && me->role == protocol::Role::admin; }
  bool may_moderate() const { return is_admin() || (me && me->role == protocol::Role::moderator); }
};

}  // namespace wardroom::admin
